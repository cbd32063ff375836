"""The life of one report, step by step. Read its files in the order of the steps and you have read the system.

One function a step, one transaction a function: what changes, its audit row and the work that follows commit together.
Ids go in, plain values come out.

Steps 1 and 2 are the extension's, 3 is `api/reports.py`, 4 is `journeys/spotter/gate.py`:

 5 to 8   `intake`        keep, know the listing again, know what it is, triage
 6        `knowing_again` the worker fingerprints what the report brought, and links the case to those it was seen in before
 8 to 10  `claiming`      a coordinator works on the case, and nobody else; `decision`: they decide; `composing`: find the
                          route and compose the notice; `naming`: it names nobody; `effect`: once the decision can no
                          longer be undone, the notice is queued; `looking_first`: unless its listing is gone meanwhile;
                          `watched_notices`: whether and when that is looked at;
                          `stopping`: or it is held, where the company found too many of our notices wrong, until a
                          coordinator has looked
11        `delivery`      it leaves, by hand where there is a form, or cannot leave; `message_to_send`: in which words; `gathering`:
                          with a contact's other notices, where these come in a digest; `rerouting`: another way, where a
                          company has closed its webhook; `returned`: a mail server took it and gives it back;
                          `following_up`: it is overdue and asked about once more, or taken back; `inbox_alert`: a company
                          hears that notices wait in its inbox
12        `answering`     the company answers, or we take the notice back; `answering_in_portal`: there it may undo it;
                          `replying`: between answers, in the thread;
                          `reading_mail`: by mail; `sorting_mail`: a coordinator says what a mail belongs to
13        `verification`  people check whether it is really gone; `relisting` whether it has come back
14        `feedback`      the spotter hears, and may answer; `weekly_mail`: several reports in one mail; `retracting`: the
                          spotter withdraws a report, or says that it was wrong
          `complaining`   somebody a report is about objects; `correcting`: a second person answers, and what was wrong is
                          put right
"""
