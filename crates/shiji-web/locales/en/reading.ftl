look-ordinary = Ordinary type
look-large = Large type
look-plain = Plain page
look-what = The plain page has no colours: for old phones, and for printing.
thanks = Thanks
thanks-say = Say thanks
thanks-hint = No account needed. Only the official sees how often it was said.
thanks-kept = Your thanks have been received.
thanks-again = This network has said thanks for this several times just now; this time was not counted. The kind thought is.
thanks-what = Whoever did this sees on a page of their own how often thanks were said, and not by whom. The number is not public and is compared with nothing.
thanks-back = Back to the item
readings = Somebody read it
readings-what = This counts how often the page was opened, not how many people opened it: whoever reads twice counts twice, and robots that say so do not count. Who read, from where and when is not kept. Only you see this, and nothing is ranked.
readings-count = opened { $readings } { $readings ->
    [one] time
   *[other] times
}, thanks said { $thanks } { $thanks ->
    [one] time
   *[other] times
}
readings-none = Nothing of yours has been published yet.
screen-duties = Whom to ask for what
screen-answers = Answered lately
