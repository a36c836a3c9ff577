//! Printing and sheets of what is published. What is here reads public tables and the published checkpoint only, and asks
//! nobody who they are.

mod bundle;
mod matter;
mod print_room;
mod year;

pub use bundle::bundle;
pub use matter::{LogSeen, PrintMatter, print_matter};
pub use print_room::{Form, PrintKey, PrintRoom, Wanted};
pub use shiji_paper::{WeekLine, WeekTable, YearLine, YearTable, write_week, write_year};
pub use shiji_press as press;
pub use year::{PersonYear, YearItem, person_year};

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_written_week_is_taken_in_again_item_by_item() {
        let work =
            ["更换东湾村水表83只，试水全部正常", "到西湾村走访低保户6户", "3月5日前完成的渠道120米已验收"];
        let plan = ["检修西湾泵站，换轴承2只"];
        let all = |items: &[&str]| items.iter().map(|item| (*item).to_owned()).collect::<Vec<_>>();
        let columns = ["序号", "单位", "姓名", "职务", "本周工作及成效", "下周计划", "存在困难", "备注"];
        let table = WeekTable {
            sheet: "第1期".into(),
            title: "澄湾镇干部实绩公示表".into(),
            subtitle: "2026年11月16日—22日".into(),
            columns: columns.map(str::to_owned),
            day: date(2026, 11, 23),
            lines: vec![WeekLine {
                unit: "水务所".into(),
                name: "林远".into(),
                posts: "所长".into(),
                work: all(&work),
                plan: all(&plan),
                difficulty: vec![],
                remark: String::new(),
            }],
        };
        let read = shiji_paper::read_week("第1期.xlsx", &write_week(&table).unwrap()).unwrap();
        assert_eq!(shiji_text::split_cell(&read.rows[0].work), work);
        assert_eq!(shiji_text::split_cell(&read.rows[0].plan), plan);
    }
}
