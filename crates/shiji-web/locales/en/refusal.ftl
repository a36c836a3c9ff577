refusal-not-yours = Your posts do not carry this right. The attempt has been noted in the audit trail.
refusal-password-short = The password is too short: at least { $least } characters. A sentence that you can remember is good.
refusal-password-long = The password is too long: at most { $most } characters.
refusal-password-plain = This password is too easy to guess. Please choose another.
refusal-password-wrong = The sign-in name or the password is wrong.
refusal-password-old-wrong = The present password is wrong.
refusal-password-differ = The two passwords differ.
refusal-locked =
    { $minutes ->
        [one] Too many wrong attempts. Please try again in 1 minute.
       *[other] Too many wrong attempts. Please try again in { $minutes } minutes.
    }
refusal-invitation = This invitation has been used or has run out. Please ask the office for another.
refusal-no-post = You hold no post at present, so there is nothing for you to do here. Please ask the office if this is wrong.
refusal-text-empty = Nothing has been written yet.
refusal-text-long = Too long: { $length } characters, at most { $most }. Please make several items of it.
refusal-text-unchanged = The words are the same as before: there is nothing to correct.
refusal-reason-missing = Please give a reason, one sentence.
refusal-items-many = Too many items: at most { $most } in one report.
refusal-period-published = This period has been published and cannot be changed. Ask the office for a correction.
refusal-no-period = No reporting period is open. Please ask the office to lay down the calendar.
refusal-report-not-open = This report is filed. Take it back first.
refusal-report-not-filed = This report has not been filed.
refusal-report-empty = There is no work item yet. Write one before you file.
refusal-report-changed = Somebody has just changed this report. Please reload the page, look, and try again.
refusal-conflict-open =
    { $count ->
        [one] 1 of your texts stands in two versions. Please choose first.
       *[other] { $count } of your texts stand in two versions. Please choose first.
    }
refusal-plan-unanswered =
    { $count ->
        [one] 1 plan item of last week has no answer yet. One tap, then you can file.
       *[other] { $count } plan items of last week have no answer yet. One tap each, then you can file.
    }
refusal-personal-data =
    { $count ->
        [one] 1 place looks like a resident's personal data (identity, telephone or bank number). Everybody reads this: please take it out.
       *[other] { $count } places look like a resident's personal data (identity, telephone or bank number). Everybody reads this: please take them out.
    }
refusal-personal-items =
    { $count ->
        [one] 1 place looks like a resident's personal data (identity, telephone or bank number). Please take it out, or say so on the item under “My week” if it is none.
       *[other] { $count } places look like a resident's personal data (identity, telephone or bank number). Please take them out, or say so on the item under “My week” if it is none.
    }
refusal-withdraw-meeting-begun = The meeting has begun, so the report cannot be taken back. Speak up in the meeting.
refusal-days-backwards = The last day ({ $last }) is before the first ({ $first }).
refusal-days-many = { $count } days are too long for one period; at most { $most }.
refusal-days-outside = These days are not in the part of the calendar that is still open.
refusal-merge-reports = Several of these periods have reports already and cannot be merged.
refusal-instant = The time is not right: write it as year-month-day hour:minute.
refusal-reminded = They were reminded within the last hour.
refusal-substitute-self = Nobody can stand in for themselves.
refusal-field = The field “{ $field }” cannot be read. Please go back and check it.
refusal-form = The form was not understood. Please go back and send it again.
refusal-form-foreign = This form did not come from our own page and was not carried out. Please go back to the page and try again.
refusal-upload-large = The file is too large: photos up to 20 MB, sheets up to 10 MB.
refusal-upload-missing = No file was chosen.
refusal-photo = This photo cannot be read. Please use JPEG, PNG or WebP.
refusal-photo-large = The photo has too many pixels. Please make it smaller.
refusal-file-kind = Only photos (JPEG, PNG, WebP) and PDF files can be uploaded.
refusal-evidence-many = At most { $most } pieces of evidence on one item.
refusal-meeting-open = The meeting is already going on.
refusal-meeting-early = The week is not over: the meeting can begin from { $day } on. If it really has to be earlier, the office changes its time in the calendar first.
refusal-meeting-decided = Something was decided, ordered or noted in the meeting; it can only be closed and published.
refusal-meeting-none = The meeting has not begun.
refusal-meeting-closed = The meeting is closed, and issue { $number } is published.
refusal-meeting-changed = Another screen has just done something. This page is up to date now; please tap again.
refusal-roster-changed = The roster has changed since the preview. Please upload again and look at the changes once more.
refusal-roster-name = There is something wrong in the roster: { $what }
refusal-week-exists = These people have written their own reports, which a sheet does not overwrite: { $names }. Take them out of the sheet, or choose to skip them.
refusal-week-unknown = The roster does not know: { $names }. Update the roster first, or mend name and unit in the sheet.
refusal-week-period = The calendar has no period from { $first } to { $last }. Please lay it down first.
refusal-slug = The address “{ $slug }” is not possible: lower-case letters, digits and hyphens, and none that the program uses itself.
refusal-slug-taken = The address “{ $slug }” is taken.
refusal-time-zone = There is no time zone “{ $zone }”.
refusal-text-not-plan = This is not one of last week's plan items.
refusal-notes-changed = Somebody else has just written in the notes; nothing was written over. Both are put together below: read them and save.
refusal-redacted-already = This item was taken away already.
refusal-link-unknown = The item cannot be put there: it may be closed, or this person has no part in it. Reload the page and choose again.
refusal-tasks-many = The list already holds { $most } open lines. Finish or delete some first.
refusal-today-question = Questions and difficulties are done when they are answered. Tap “Answer”.
refusal-today-gone = This is no longer on your list: it may be done elsewhere, or is not yours any more. Reload the page.
refusal-today-changed = The item was changed since and cannot be taken back here. Mend or remove it at the desk.
refusal-day-past = That day has passed. Choose today or a later day.
refusal-day-far = A line can be moved by { $most } days at most. Put what is later into a plan.
refusal-back-day = The day of coming back must lie between today and { $most } days from now.
refusal-ask-self = You cannot name yourself. Choose a colleague, or nobody.
refusal-ask-nobody = This person holds no post now. Choose another colleague.
refusal-answer-personal =
    { $count ->
        [one] The words would tell 1 private detail (a number, or a name beside an illness or petition). Everybody reads them: take it out and send again.
       *[other] The words would tell { $count } private details (a number, or a name beside an illness or petition). Everybody reads them: take these out and send again.
    }
refusal-answer-masked = The words hold something that was masked in the question, such as a name. Everybody reads them: take it out and send again.
refusal-take-up-private = This question is not public, so its words must not go into a plan, which is published. Say in your own words what is to be done, not who asked.
refusal-forget-open = Something is still to be done about this question; its words can be deleted once it is answered or looked at.
refusal-forget-public = This question is public. Ask the clerk to take it away; that leaves a record.
refusal-today-agreed = This is due on { $due }, and cannot be moved beyond that on your own list. Open it and ask for more time or another day.
refusal-today-said = You have put something down for this already this week. To add to it, write a few words.
refusal-today-internal = The words of this are not public and do not go into a report. Say in your own words what you did.
refusal-visit-words = Somebody has written the record of this visit already, and all share it. Your words are still below: to add something, talk to whoever wrote it; to take theirs, empty the field and send again.
refusal-help-early = The help was agreed for { $day }, which has not come. Put it into your report on that day.
