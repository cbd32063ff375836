"""The life of a spotter: apply, join, learn, be accredited, grow, leave. One function per use case.

`applying`      from an application to a place
`invitation`    the mail with the link to choose a password
`joining`       an account
`learning`      exams
`gate`          who may report today
`accrediting`   accreditation and appeals
`taking_part`   rounds: signing up, and being let in
`growth`        the practice lane, and what follows from skill
`encouraging`   an email to somebody who has stalled
`erasing`       erasure
"""
