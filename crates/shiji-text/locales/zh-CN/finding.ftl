# 写实检查的提示：每条一句，说明补写什么，并举一例。
# $example 是照本条改写的例子，$part 是本条里的那几个字；× 处由本人填写。
finding-empty-formula = “{ $part }”看不出做了哪件事，请写出一件具体的事，例如：{ $example }。
finding-no-object = 请写明“{ $part }”的是什么、对谁做的，例如：{ $example }。
finding-no-act = 这里只有名目，请写明做了什么，例如：{ $example }。
finding-slogan = “{ $part }”是口号，请换成居民看得见的一件事，例如：{ $example }。
finding-relay = 传达学习之后落到了哪件事上，请写出来，例如：{ $example }。
finding-exhortation = “{ $part }”是对别人的要求，请写自己做了或要做的事，例如：{ $example }。
finding-attendance = 到场之后定下什么、领回什么任务，请补上，例如：{ $example }。
finding-effect-claimed = “{ $part }”是评价，请写出凭什么这样说的事实，例如：{ $example }。
finding-idle-figure = “{ $part }”没有数出办成的事，请数一数办成了多少，例如：{ $example }。
finding-no-place = 请补上在哪里、和谁或为谁做的，例如：{ $example }。
finding-no-amount = 请补上做了多少、结果怎样，例如：{ $example }。
finding-no-deadline = 请补上到什么时候完成，例如：{ $example }。
finding-several-tasks = 这里写了几件事，请一件一条分开写，例如第一条：{ $example }。
finding-own-copy = 与您以前写的“{ $earlier }”有 { $percent }% 相同，请写出这一次的不同之处。
finding-colleague-copy = 与同事写的“{ $earlier }”有 { $percent }% 相同，请写出您自己做的那一部分。
finding-personal-data = { $what ->
    [identity_number] 这里有身份证号，公示前请删去。
    [mobile] 这里有手机号，公示前请删去，可改留办公电话。
    [bank_card] 这里有银行卡号，公示前请删去。
    [telephone] 这里有私人电话，公示前请删去，可改留办公电话。
    [email] 这里有个人邮箱，公示前请删去，可改留单位邮箱。
    [account] 这里有 QQ 号或者微信号，公示前请删去。
    [plate] 这里有车牌号，公示前请删去。
    [address] 这里写到了住户的门牌，公示前请删去，村、社区、街道的名称可以留。
    [name] 这里有群众的姓名，请隐去，例如写成“一位村民”。
    [health] 这里写了某人的病情和姓名，请隐去姓名，例如写成“一位村民”。
   *[petitioner] 这里写了信访人的姓名，请隐去姓名，例如写成“一位群众”。
}
