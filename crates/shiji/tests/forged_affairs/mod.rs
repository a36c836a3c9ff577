//! Projects, directives, difficulties, visits and minutes that a town changed in its public tables alone.

use crate::program::{Program, alter, copy_folder, refused, shiji};
use std::path::Path;

/// What a town could change about what people do together, in the public tables alone; and what is said of each of them.
pub fn are_found(data: &Path, key: &str, folder: &Path) {
    for (name, changes, said) in FORGED_AFFAIRS {
        let forged = folder.join("forged-affairs");
        let _ = std::fs::remove_dir_all(&forged);
        copy_folder(data, &forged);
        std::fs::remove_file(forged.join("log-policy.txt")).unwrap();
        changes.iter().for_each(|sql| alter(&forged, sql));
        let town = Program::serve(&forged);
        let verdict = refused(shiji(folder).args(["verify", &town.address, "--vkey", key]));
        assert!(verdict.contains("NOT verified"), "{name}: {verdict}");
        for kind in ["project ", "directive ", "difficulty ", "visit ", "minutes of issue "] {
            let faults = || verdict.lines().filter(|line| line.trim().starts_with("fault:"));
            let of_kind = faults().find(|line| line.contains(&format!("fault: {kind}")));
            let is_wanted = said.iter().any(|(wanted, _)| *wanted == kind);
            assert_eq!(of_kind.is_some(), is_wanted, "{name}, {kind}: {verdict}");
        }
        for (kind, what) in said {
            assert!(
                verdict.lines().any(|line| line.contains(kind) && line.contains(what)),
                "{name}: {verdict}"
            );
        }
        println!("{name}: {}", verdict.lines().find(|line| line.contains("fault:")).unwrap_or_default());
    }
}

const DAYS: &str = "other days";
const READS: &str = "does not read as the log says";
const STEPS: &str = "other steps";

type Forged = (&'static str, &'static [&'static str], &'static [(&'static str, &'static str)]);

const FORGED_AFFAIRS: [Forged; 4] = [
    (
        "other words of each",
        &[
            "UPDATE public_affair SET fact = json_set(fact, '$.reason', '设计变更') WHERE place_id <> '' \
             AND kind = 'project_step' AND json_extract(fact, '$.reason') IS NOT NULL",
            "UPDATE public_affair SET fact = json_set(fact, '$.text', '全部办好') WHERE place_id <> '' AND kind = 'directive'",
            "UPDATE public_affair SET fact = json_set(fact, '$.text', '早已解决') WHERE place_id <> '' \
             AND kind = 'difficulty_step' AND json_extract(fact, '$.text') IS NOT NULL",
            "UPDATE public_affair SET fact = json_set(fact, '$.purpose', '看望群众') WHERE place_id <> '' AND kind = 'visit'",
            "UPDATE public_affair SET fact = json_set(fact, '$.returned', 0, '$.heard', 99) WHERE place_id <> '' \
             AND kind = 'minutes'",
        ],
        &[
            ("project ", READS),
            ("directive ", READS),
            ("difficulty ", READS),
            ("visit ", READS),
            ("minutes of issue ", READS),
        ],
    ),
    (
        "other days and people",
        &[
            "UPDATE public_affair SET fact = json_set(fact, '$.baseline[0].due_on', '2031-01-01') WHERE place_id <> '' \
             AND kind = 'project'",
            "UPDATE public_affair SET fact = json_set(fact, '$.owners[0].name', '无名') WHERE place_id <> '' AND kind = 'directive'",
            "UPDATE public_affair SET fact = json_set(fact, '$.raised_on', '2031-01-01') WHERE place_id <> '' \
             AND kind = 'difficulty'",
            "UPDATE public_affair SET fact = json_set(fact, '$.held_on', '2031-01-01') WHERE place_id <> '' AND kind = 'minutes'",
        ],
        &[
            ("project ", DAYS),
            ("directive ", "other people"),
            ("difficulty ", DAYS),
            ("minutes of issue ", DAYS),
        ],
    ),
    (
        "steps left out",
        &[
            "DELETE FROM public_affair WHERE place_id <> '' AND kind = 'project_step' \
             AND json_extract(fact, '$.move') = 'shifted'",
            "DELETE FROM public_affair WHERE place_id <> '' AND kind = 'directive_step' \
             AND json_extract(fact, '$.step') = 'accepted'",
            "DELETE FROM public_affair WHERE place_id <> '' AND kind = 'difficulty_step' AND revision = 2",
            "DELETE FROM public_affair WHERE place_id <> '' AND kind = 'minutes' \
             AND subject_id = (SELECT min(subject_id) FROM public_affair WHERE place_id <> '' AND kind = 'minutes')",
        ],
        &[
            ("project ", STEPS),
            ("directive ", STEPS),
            ("difficulty ", STEPS),
            ("minutes of issue ", "is not shown"),
        ],
    ),
    (
        "steps and an order put in",
        &[
            "INSERT INTO public_affair SELECT place_id, subject_id, 900, 'project_step', issue_number, published_on, \
             json_object('project', subject_id, 'move', 'finished', 'on', published_on, 'by', '无名'), commitment, withheld \
             FROM public_affair WHERE place_id <> '' AND kind = 'project'",
            "INSERT INTO public_affair SELECT place_id, subject_id, 900, 'directive_step', issue_number, published_on, \
             json_object('directive', subject_id, 'step', 'closed', 'on', published_on, 'by', '无名'), commitment, withheld \
             FROM public_affair WHERE place_id <> '' AND kind = 'directive'",
            "INSERT INTO public_affair SELECT place_id, subject_id, 900, 'visit_step', issue_number, published_on, \
             json_object('visit', subject_id, 'step', 'held', 'on', published_on, 'by', '无名'), commitment, withheld \
             FROM public_affair WHERE place_id <> '' AND kind = 'visit'",
            "INSERT INTO public_affair SELECT place_id, '019a0000-0000-7000-8000-00000000ffff', 1, kind, issue_number, \
             published_on, json_set(fact, '$.directive', '019a0000-0000-7000-8000-00000000ffff'), commitment, withheld \
             FROM public_affair WHERE place_id <> '' AND kind = 'directive' LIMIT 1",
        ],
        &[
            ("project ", STEPS),
            ("directive ", STEPS),
            ("visit ", STEPS),
            ("list of directives", "is not in the log"),
        ],
    ),
];
