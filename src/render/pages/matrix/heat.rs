//! Heat: how dark a number's cell is, and what the steps mean.
//!
//! Entry: [`Heat::of`]. Invariant: a larger number is never lighter, and the largest has the last step there is.

/// How many steps the theme has.
const STEPS: usize = 5;

/// The largest number of each step, rising. The squares keep the many small numbers apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Heat(Vec<usize>);

impl Heat {
    /// Steps up to the largest of some numbers.
    pub(super) fn of(numbers: impl Iterator<Item = usize>) -> Self {
        let most = numbers.max().unwrap_or_default();
        let mut ends: Vec<usize> = Vec::new();
        for at in 1..=STEPS {
            let end = (most * at * at).div_ceil(STEPS * STEPS);
            let end = end.max(ends.last().map_or(1, |last| last + 1));
            if end <= most {
                ends.push(end);
            }
        }
        Self(ends)
    }

    /// The step of a number, from one; zero for nothing.
    pub(super) fn step(&self, number: usize) -> usize {
        if number == 0 {
            return 0;
        }
        let at = self.0.iter().position(|end| number <= *end);
        at.map_or(self.0.len(), |at| at + 1)
    }

    /// `1 to 2`, `3 to 5`, `6`.
    pub(super) fn words(&self) -> Vec<String> {
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

    /// The ends, for the script that counts anew.
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
        let heat = Heat::of([3, 34, 0].into_iter());
        assert_eq!(
            heat.words(),
            ["1 to 2", "3 to 6", "7 to 13", "14 to 22", "23 to 34"]
        );
        let steps: Vec<_> = [0, 1, 2, 3, 13, 14, 34].map(|it| heat.step(it)).into();
        assert_eq!(steps, [0, 1, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn few_numbers_have_few_steps() {
        assert_eq!(Heat::of([2, 1].into_iter()).words(), ["1", "2"]);
        assert!(Heat::of(std::iter::empty()).words().is_empty());
    }
}
