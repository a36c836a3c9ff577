//! Under which terms the data may be used.
//!
//! It is one licence for every place, and stands here rather than in a setting: a licence that can be changed with a click
//! would leave readers in doubt about what they took yesterday. A place that wants another one changes it here, for
//! everything that it publishes from then on.

/// Short name, as in the SPDX list of licences.
pub const CODE: &str = "CC-BY-4.0";
pub const NAME: &str = "Creative Commons Attribution 4.0 International";
pub const ADDRESS: &str = "https://creativecommons.org/licenses/by/4.0/";
