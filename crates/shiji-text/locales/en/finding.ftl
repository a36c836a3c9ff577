# Findings of the check: one kind sentence each, saying what to add, with an example.
# $example is made from the item itself, $part is the part of the item it speaks of; × is for the writer to fill in.
finding-empty-formula = “{ $part }” does not show which work was done; please name one thing, for example: { $example }
finding-no-object = Please say what was meant by “{ $part }”: to what, for whom; for example: { $example }
finding-no-act = This is only a heading; please say what was done, for example: { $example }
finding-slogan = “{ $part }” is a slogan; please put one thing that residents can see, for example: { $example }
finding-relay = Please add what came of passing this on, for example: { $example }
finding-exhortation = “{ $part }” asks something of others; please write what you did or will do, for example: { $example }
finding-attendance = Please add what was settled or which task you brought back, for example: { $example }
finding-effect-claimed = “{ $part }” is a judgement; please add the fact behind it, for example: { $example }
finding-idle-figure = “{ $part }” counts nothing done; please count what was done, for example: { $example }
finding-no-place = Please add where, and with or for whom, for example: { $example }
finding-no-amount = Please add how much, or what came of it, for example: { $example }
finding-no-deadline = Please add until when, for example: { $example }
finding-several-tasks = There are several tasks here; please write one to a line, first for example: { $example }
finding-own-copy = This is { $percent }% the same as your earlier “{ $earlier }”; please write what was different this time.
finding-colleague-copy = This is { $percent }% the same as a colleague’s “{ $earlier }”; please write your own part of it.
finding-personal-data = { $what ->
    [identity_number] There is an identity number here; please take it out before it is published.
    [mobile] There is a mobile number here; please take it out before it is published; an office telephone may stay.
    [bank_card] There is a bank card number here; please take it out before it is published.
    [telephone] There is a private telephone here; please take it out before it is published; an office telephone may stay.
    [email] There is somebody’s e-mail address here; please take it out before it is published; an office’s may stay.
    [account] There is a QQ or WeChat name here; please take it out before it is published.
    [plate] There is a vehicle’s plate here; please take it out before it is published.
    [address] There is the number of somebody’s house here; please take it out before it is published; the village or the street may stay.
    [name] There is a resident’s name here; please leave it out, for example “a villager”.
    [health] There is a person’s name beside an illness; please leave the name out, for example “a villager”.
   *[petitioner] There is a petitioner’s name here; please leave it out, for example “a resident”.
}
