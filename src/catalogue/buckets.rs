//! Mappings grouped by their source or target, in two allocations.
//!
//! Entry: [`Buckets::new`]. Invariant: mappings keep their order within a bucket.

use super::MappingIx;

/// Mappings by bucket.
#[derive(Debug, Clone, Default)]
pub(super) struct Buckets {
    /// The start of each bucket in `items`, and the end of the last.
    starts: Vec<u32>,
    items: Vec<MappingIx>,
}

impl Buckets {
    /// Groups mappings, given the bucket of each in order.
    pub(super) fn new(count: usize, buckets: impl Iterator<Item = Option<usize>> + Clone) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for bucket in buckets.clone().flatten() {
            starts[bucket + 1] += 1;
        }
        for bucket in 0..count {
            starts[bucket + 1] += starts[bucket];
        }
        let mut next = starts.clone();
        let mut items = vec![MappingIx::new(0); starts[count] as usize];
        for (mapping, bucket) in buckets.enumerate() {
            if let Some(bucket) = bucket {
                items[next[bucket] as usize] = MappingIx::new(mapping);
                next[bucket] += 1;
            }
        }
        Self { starts, items }
    }

    /// The mappings in a bucket; empty if there is no such bucket.
    pub(super) fn get(&self, bucket: usize) -> &[MappingIx] {
        match self.starts.get(bucket..bucket + 2) {
            Some(&[from, to]) => &self.items[from as usize..to as usize],
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Buckets, MappingIx};

    #[test]
    fn mappings_keep_their_order_in_a_bucket() {
        let buckets = Buckets::new(3, [Some(2), None, Some(0), Some(2)].into_iter());
        let positions = |bucket| {
            buckets
                .get(bucket)
                .iter()
                .map(|it| it.index())
                .collect::<Vec<_>>()
        };
        assert_eq!(
            [positions(0), positions(1), positions(2), positions(3)],
            [vec![2], vec![], vec![0, 3], vec![]]
        );
        assert!(Buckets::default().get(0).is_empty());
        assert_eq!(MappingIx::new(7).index(), 7);
    }
}
