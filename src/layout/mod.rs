//! Body → parts, sentences and clauses; nothing added, dropped or altered.

use crate::vocabulary::vocabulary;

vocabulary! {
    /// The part of a report that a sentence stands in.
    Part {
        /// What the past year, or the past five, brought.
        Review = "review",
        /// What this year, or the next five, shall bring.
        Plan = "plan",
        /// 民生实事: the numbered list of things to be done for the people.
        Pledges = "pledges",
        /// 政府自身建设: the government's own conduct.
        Governance = "governance",
        /// 名词解释: notes behind the report.
        Glossary = "glossary",
        Other = "other",
    }
}
