log-title = Transparency log
log-lead = Every issue and every correction is written, in order, into a log that can only grow. Whoever alters a word, takes an entry out or dates one back is found out by anybody who kept an earlier checkpoint.
log-none = This site has no transparency log yet.
log-empty = The log has begun and holds nothing yet.
log-entries = Logged
log-entries-count =
    { $count ->
        [one] 1 record
       *[other] { $count } records
    }
log-signed = Last signed
log-moment = { $day }, { $time }
log-waiting = Waiting
log-waiting-count =
    { $count ->
        [one] 1 published record will be in the log within seconds
       *[other] { $count } published records will be in the log within seconds
    }
log-standstill = The log signs nothing now, so that there are never two histories.
log-standstill-no-state = The last signed state is missing.
log-standstill-state-behind = The signed state is an old copy.
log-standstill-foreign-key = The published checkpoint is not signed with this log's key.
log-standstill-two-histories = Two different trees of the same size were signed.
log-standstill-database-behind = The database is an old copy and holds less than was signed.
log-standstill-witness-ahead = A witness has seen more than there is here.
log-standstill-files-differ = The log's files do not match what was signed.
log-standstill-closed = This log is closed.
log-witnesses = Witnesses
log-witnesses-what = Witnesses are independent. Each remembers the log it has seen and countersigns only when nothing of it was changed.
log-witnesses-none = There is no witness yet.
log-cosigned = countersigned { $when }
log-cosigned-not-yet = has not countersigned this one yet
log-checkpoint = Checkpoint
log-checkpoint-what = These lines stand for everything up to now. Copy, photograph or print them, and you can compare later.
log-verify = Verify it yourself
log-verify-what = One command of our own tool checks everything; tools that others wrote do it too (the log follows the open specification C2SP tlog-tiles).
log-file-checkpoint = Checkpoint file
log-file-key = Verifier key
log-file-policy = Witness policy
log-origin = Name of the log: { $origin }
log-not-proved = What the log does not prove
log-not-proved-true = That what was written is true: for that, go and ask, go and look.
log-not-proved-whole = That nothing was left unsaid. Who was expected to file is logged, though, so a missing report shows.
log-not-proved-keys = When one person holds the key and all the witnesses, it is worth half.
slip-title = Log slip of the issue
slip-what = Put it beside the notice board and behind the minutes. Everyone who takes a photograph of this sheet is one more witness.
slip-code = The checkpoint as a QR code
slip-how = To verify, save the lines of the checkpoint in a file and run: shiji verify ADDRESS --vkey KEY --photo-text FILE.
slip-link = Print the log slip
item-log = In the log
item-log-at = Entry { $index } of the log
item-log-wait = Being written into the log; it will be there in a few seconds.
item-log-proof = Download the proof file
item-log-kind-item = First published
item-log-kind-correction = Correction
item-log-kind-redaction = Redaction
item-log-kind-answer = Answer
item-log-what = The proof file can be verified without a network: these words were logged on this day and have not changed since.
redacted = Taken away
redacted-why = Taken away on { $day } by { $name }; reason: { $reason }
redaction-personal-data = personal data
redaction-legal-order = by order of a court or authority
redaction-secret = must not be published by law
redaction-others-rights = somebody else's rights
foot-log = Transparency log
redact-title = Take this item away
redact-what = The words, the difficulty and the photos will be gone for good everywhere on this site, the working side included. The log keeps only who took them away, when and why. What others have copied cannot be recalled.
redact-reason = Reason
redact-do = Take away for good
redact-choose = Choose a reason
redact-sure = I have checked: it is this item, and it cannot be undone
refusal-redact-unsure = Nothing was redacted. Tick “I have checked” first, then redact.
refusal-copy = This is a copy of the board, only to be read: it takes no questions and no subscriptions. Please go to the board itself.
redact-question-title = Take the words of this question away
redact-question-what = The words of the question, its answers and reasons vanish for good everywhere on this site, the working side included. On which days it was asked and answered, and what the asker thought of it, stays public; the log says who took the words away, when and why.
question-done-redacted = Taken away.
office-act-question-redact = Words of a question taken away
item-log-kind-question = Received
item-log-kind-question-step = A step
question-log-what = Each step of this question stands in the log and names the step before, so that none can be taken out. A proof file verifies without a network.
redact-question-open = It is not answered yet. Whoever answers it still reads the words at the desk; they go with the answer.
redact-question-item = This question became an item of work. If the item repeats the words, take them away there, too:
redact-question-item-link = Corrections and redactions
