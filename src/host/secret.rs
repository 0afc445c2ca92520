//! A word that nobody can guess.
//!
//! Entry: [`secret`].

use std::hash::{BuildHasher, RandomState};

/// A word of 128 bits: the standard library keys its maps with what the system calls random.
#[must_use]
pub fn secret() -> String {
    let half = |number: u8| RandomState::new().hash_one(number);
    format!("{:016x}{:016x}", half(0), half(1))
}

#[cfg(test)]
mod tests {
    #[test]
    fn each_is_another() {
        assert_ne!(super::secret(), super::secret());
        assert_eq!(super::secret().len(), 32);
    }
}
