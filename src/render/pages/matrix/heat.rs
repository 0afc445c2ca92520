//! Heat map: the shade of a number's cell, and the ranges of the shades.
//!
//! Entry: [`Heat::new`]. Invariant: a larger number is never lighter, and the largest number has the darkest shade.

/// The number of shades that the theme has.
const MAX_STEPS: usize = 5;

/// The largest number of each step, ascending. They grow quadratically, to tell the many small numbers apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heat(Vec<usize>);

impl Heat {
    /// Divides the range up to the largest of some numbers into steps.
    pub(super) fn new(numbers: impl Iterator<Item = usize>) -> Self {
        let most = numbers.max().unwrap_or_default();
        let mut ends: Vec<usize> = Vec::new();
        for step in 1..=MAX_STEPS {
            let end = (most * step * step).div_ceil(MAX_STEPS * MAX_STEPS);
            let end = end.max(ends.last().map_or(1, |last| last + 1));
            if end <= most {
                ends.push(end);
            }
        }
        Self(ends)
    }

    /// The step of a number, from 1; 0 for zero.
    pub(super) fn step(&self, number: usize) -> usize {
        if number == 0 {
            return 0;
        }
        let index = self.0.iter().position(|end| number <= *end);
        index.map_or(self.0.len(), |i| i + 1)
    }

    /// `1 to 2`, `3 to 5`, `6`.
    pub(super) fn labels(&self) -> Vec<String> {
        let starts = std::iter::once(1).chain(self.0.iter().map(|it| it + 1));
        let steps = starts.zip(&self.0);
        steps
            .map(|(start, end)| {
                if start == *end {
                    start.to_string()
                } else {
                    format!("{start} to {end}")
                }
            })
            .collect()
    }

    /// The ends, for the script that recounts filtered rows.
    pub(super) fn ends(&self) -> String {
        let ends: Vec<_> = self.0.iter().map(ToString::to_string).collect();
        ends.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::Heat;

    #[test]
    fn steps_rise_to_the_largest_number() {
        let heat = Heat::new([3, 34, 0].into_iter());
        assert_eq!(
            heat.labels(),
            ["1 to 2", "3 to 6", "7 to 13", "14 to 22", "23 to 34"]
        );
        let steps: Vec<_> = [0, 1, 2, 3, 13, 14, 34].map(|it| heat.step(it)).into();
        assert_eq!(steps, [0, 1, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn few_numbers_have_few_steps() {
        assert_eq!(Heat::new([2, 1].into_iter()).labels(), ["1", "2"]);
        assert!(Heat::new(std::iter::empty()).labels().is_empty());
    }
}
