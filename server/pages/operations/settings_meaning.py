"""What each setting is for, in a sentence, beside its value on /operations/settings. Pure."""

from collections.abc import Mapping

from server.core.sentences import Sentence, sentence

MEANING: Mapping[str, Sentence] = {
    "SPOTTER_HOST": sentence("The network address that the built-in server listens on."),
    "SPOTTER_PORT": sentence("The port of the built-in server."),
    "SPOTTER_BASE_URL": sentence("Where people reach this instance. Links in emails, and answer links, begin with it."),
    "SPOTTER_DATABASE_URL": sentence("The database."),
    "SPOTTER_DATA_DIR": sentence("The folder of the database, the evidence, email files and the secret key, unless they are elsewhere."),
    "SPOTTER_MAIL_URL": sentence("The mail server. With “file:” each email is written into a file, and reaches nobody."),
    "SPOTTER_MAIL_FROM": sentence("The sender of all emails."),
    "SPOTTER_RETURN_ADDRESS": sentence("The address for bounces of notices and replies to them. Empty: no separate address."),
    "SPOTTER_MAILBOX_URL": sentence("The mailbox in which bounces and replies are read. Not set: they are not read here."),
    "SPOTTER_ORGANISATION": sentence("The organisation that notifies companies."),
    "SPOTTER_AUDIT_MAIL": sentence("A second person who gets the head of the audit trail once a week. Empty: only administrators do."),
    "SPOTTER_CONTACT_EMAIL": sentence("The organisation’s own address, in every notice."),
    "SPOTTER_PRIVACY_EMAIL": sentence("Who answers for personal data. Empty: the organisation’s own address."),
    "SPOTTER_HOSTING": sentence("Who runs this machine, and in which country, as the privacy page states it. Empty: the page tells people to ask."),
    "SPOTTER_BACKUP_DAYS": sentence("The number of days after which the oldest backup is deleted. 0: the privacy page tells people to ask."),
    "SPOTTER_VAULT_URL": sentence("Where evidence is kept: in the data folder (“file:”) or in a bucket (“s3:”)."),
    "AWS_ACCESS_KEY_ID": sentence("The name of the key to the bucket."),
    "AWS_SECRET_ACCESS_KEY": sentence("The secret key to the bucket."),
    "SPOTTER_SECRET_KEY": sentence("Signs cookies and answer links. If it changes, everybody has to sign in again and old links stop working."),
    "SPOTTER_AUDIT_KEY": sentence("Seals the audit trail and signs manifests, the same on every machine. Not set: keys in the data folder do."),
    "SPOTTER_PAGE_COPY": sentence("Why copies of whole pages are kept, with the data of other people on them. Empty: none is kept."),
    "SPOTTER_REPORTS_PER_MINUTE": sentence("How many reports one account may send in a minute. 0: any number."),
    "SPOTTER_UNDO_SECONDS": sentence("For how many seconds a decision can be undone before anything leaves. 0: it takes effect at once."),
    "SPOTTER_FACTOR_DAYS": sentence("For how many days staff may sign in without a second factor once they are asked for it. -1: always."),
    "SPOTTER_CLAIM_MINUTES": sentence("For how many minutes a case stays claimed after its coordinator last worked on it."),
    "SPOTTER_JOINING": sentence("How people become spotters: “open” (they sign up), “apply” (a coordinator invites from those who applied) or “invited”."),
    "SPOTTER_DEMO": sentence("1: a demonstration with invented people and marketplaces."),
    "SPOTTER_REAL_DATA_READY": sentence("1: the data protection impact assessment is done, and real reports may come in."),
    "SPOTTER_DISK_FREE_MB": sentence("With fewer free megabytes than this, /readyz says that the disk is not ready."),
    "SPOTTER_METRICS_TOKEN": sentence("The token with which monitors read /metrics. Not set: only this machine may read it."),
    "SPOTTER_BEHIND_PROXY": sentence("1: a server in front states the client’s address, and is trusted."),
}  # fmt: skip
