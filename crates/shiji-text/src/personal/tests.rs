use super::*;

fn kinds(text: &str) -> Vec<PersonalKind> {
    personal_data(text).into_iter().map(|data| data.kind).collect()
}

/// The words as they are shown when a resident wrote them.
fn masked(words: &str) -> String {
    let mut shown = words.to_owned();
    for data in resident_data(words).into_iter().rev() {
        shown.replace_range(data.range.0..data.range.1, "□");
    }
    shown
}

#[test]
fn a_village_whose_name_begins_like_a_family_name_is_nobody() {
    for text in ["入户走访龙井村残疾人9名", "到石桥组看望重病户3户", "马塘村肺结核患者随访4人"]
    {
        assert!(personal_data(text).is_empty(), "{text}");
    }
}

#[test]
fn numbers_that_check_are_found_in_every_writing() {
    use PersonalKind::{BankCard, IdentityNumber, Mobile};
    // The sample number that the standard itself prints.
    assert_eq!(kinds("身份证号11010519491231002X，请核对"), [IdentityNumber]);
    assert_eq!(kinds("１１０１０５１９４９１２３１００２Ｘ"), [IdentityNumber]);
    assert_eq!(kinds("110105 19491231 002X"), [IdentityNumber]);
    // The check digit is wrong, but the place and the birthday are somebody's.
    assert_eq!(kinds("110105194912310021"), [IdentityNumber]);
    assert_eq!(kinds("合同编号110105194912310021"), []);
    assert_eq!(kinds("联系13812345678"), [Mobile]);
    assert_eq!(kinds("电话+86 138-1234-5678。"), [Mobile]);
    assert_eq!(kinds("卡号4111111111111111"), [BankCard]);
    assert_eq!(kinds("卡号4111 1111 1111 1111，开户行农商行"), [BankCard]);
    assert_eq!(kinds("王芳13812345678 11010519491231002X"), [Mobile, IdentityNumber]);
    assert_eq!(kinds("6张卡：4111111111111111，13812345678"), [BankCard, Mobile]);
}

#[test]
fn office_numbers_amounts_dates_and_document_numbers_are_left_alone() {
    for text in [
        "联系0871-68123456",
        "云政发〔2026〕12号",
        "拨付12345678元",
        "12345热线转办3件",
        "2026年11月9日至2026年11月15日",
        "20261109-20261115",
        "项目代码2026-530127-04-01-123456",
        "统一社会信用代码91530100MA6K12345X",
        "面积1505.6亩，投资3000000.00元",
        "电话08715678901转8008",
        "400-800-8820",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
}

#[test]
fn illness_and_petitions_beside_a_name_are_found_and_officials_are_not() {
    assert_eq!(kinds("看望村民李秀英，她患有尿毒症"), [PersonalKind::Health]);
    assert_eq!(kinds("信访人王大明要求解决征地款"), [PersonalKind::Petitioner]);
    assert_eq!(kinds("张小兰反映邻居占道，已处理"), [PersonalKind::Petitioner]);
    assert_eq!(kinds("为患病老人张某申请救助"), []);
    assert_eq!(kinds("县医院赵启明医生到村讲高血压防治"), []);
    assert_eq!(kinds("接待来访群众4批，反映路灯不亮"), []);
    assert_eq!(kinds("走访残疾人12名，送去轮椅1辆"), []);
}

#[test]
fn the_name_that_somebody_tells_is_found_without_illness_or_petition() {
    assert_eq!(kinds("我叫李秀兰，新屋组的路灯坏了"), [PersonalKind::Petitioner]);
    assert_eq!(kinds("您好，本人叫王芳，想问低保"), [PersonalKind::Petitioner]);
    assert_eq!(kinds("我叫不动他"), []);
    assert_eq!(kinds("我叫王建国书记来看过"), []);
}

#[test]
fn a_word_before_a_number_is_enough() {
    for (text, shown) in [
        ("身份证号：530127480612331。", "身份证号：□。"),
        ("卡号6217 0038 6000 1234 566", "卡号□"),
        ("社保卡A12345678", "社保卡□"),
        ("村集体对公账户24010123456789", "村集体对公账户24010123456789"),
        ("手机1398712005", "手机□"),
        ("幺三九八七幺二〇〇四九", "□"),
        ("139点8712点0050", "□"),
        ("6 元 13.5 1380000.0000 亩", "6 元 13.5 1380000.0000 亩"),
        ("13987120045@163.com", "□"),
    ] {
        assert_eq!(masked(text), shown);
    }
}

#[test]
fn only_the_house_goes_from_an_address() {
    for (text, shown) in [
        ("我住湾口村三组12号，水管爆了", "我住湾口村□，水管爆了"),
        ("家住湾口村二组", "家住湾口村□"),
        ("龙泉街12号3栋2单元501漏水", "龙泉街□漏水"),
        ("湾口村三组的路灯坏了", "湾口村三组的路灯坏了"),
        ("我家在12号停了水，11月12号又停", "我家在12号停了水，11月12号又停"),
        ("地址：镇政府二楼3号窗口", "地址：镇政府二楼3号窗口"),
        ("我住院花了3万", "我住院花了3万"),
        ("I live at No. 12, Group 3, Wankou.", "I live at □, Wankou."),
    ] {
        assert_eq!(masked(text), shown);
    }
}

#[test]
fn residents_names_go_and_officials_names_stay() {
    for (text, shown) in [
        ("我是湾口村的张伟国，想问低保", "我是湾口村的□，想问低保"),
        ("本人李秀英", "本人□"),
        ("邻居李四家堵了水沟，李四不听劝", "邻居□家堵了水沟，□不听劝"),
        ("张三（手机13987120053）", "□（手机□）"),
        ("我老公司马建军", "我老公□"),
        ("路修好了。\n张伟国", "路修好了。\n□"),
        (
            "张书记、李秀英主任、王建国同志、刘强副镇长都来过",
            "张书记、李秀英主任、王建国同志、刘强副镇长都来过",
        ),
        ("我是党员，我儿子高考", "我是党员，我儿子高考"),
        ("我是安徽人，我爸是江苏过来的", "我是安徽人，我爸是江苏过来的"),
        ("姓名和电话写了，姓名李芳", "姓名和电话写了，姓名□"),
        ("I'm Chen Meilin from Dahe", "I'm □ from Dahe"),
        ("Thanks to Director He", "Thanks to Director He"),
    ] {
        assert_eq!(masked(text), shown);
    }
}

#[test]
fn an_officials_words_are_refused_for_what_is_sure_only() {
    use PersonalKind::{Account, Address, Email, Plate};
    for text in [
        "我的电话0871-68123456，欢迎来电",
        "联系电话：0871-68123456",
        "我是水务所王建国，已到湾口村三组12号看过",
        "材料发到lcz@yn.gov.cn，或者便民中心邮箱bianmin@163.com",
        "走访湾口村村民李秀英家，家住湾口村二组",
        "检查龙泉街12号商铺消防",
        "翠湖小区3栋2单元楼道灯修好",
        "关注微信公众号wankoufabu，加QQ群12345678",
    ] {
        assert_eq!(kinds(text), [], "{text}");
    }
    assert_eq!(kinds("照片发微信号lixiuying"), [Account]);
    assert_eq!(kinds("材料发li.xiuying_70@qq.com"), [Email]);
    assert_eq!(kinds("拖走占道车辆云A·8K321"), [Plate]);
    assert_eq!(kinds("走访家住龙泉街12号的独居老人"), [Address]);
}

#[test]
fn every_kind_has_its_sentence_in_both_languages() {
    for kind in PersonalKind::ALL {
        for source in
            [include_str!("../../locales/zh-CN/finding.ftl"), include_str!("../../locales/en/finding.ftl")]
        {
            assert!(source.contains(&format!("[{}] ", kind.name())), "{}", kind.name());
        }
    }
}
