//! Mappings by what they lead from or to, in two pieces of memory however many there are.
//!
//! Entry: [`Buckets::new`]. Invariant: within a bucket, mappings keep their order.

use super::MappingIx;

/// Mappings by number of bucket.
#[derive(Debug, Clone, Default)]
pub(super) struct Buckets {
    /// Where each bucket begins; one more than there are buckets.
    starts: Vec<u32>,
    items: Vec<MappingIx>,
}

impl Buckets {
    /// So many buckets, and for each mapping in order its bucket.
    pub(super) fn new(count: usize, buckets: impl Iterator<Item = Option<usize>> + Clone) -> Self {
        let mut starts = vec![0_u32; count + 1];
        for bucket in buckets.clone().flatten() {
            starts[bucket + 1] += 1;
        }
        for at in 0..count {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut items = vec![MappingIx::new(0); starts[count] as usize];
        for (at, bucket) in buckets.enumerate() {
            if let Some(bucket) = bucket {
                items[next[bucket] as usize] = MappingIx::new(at);
                next[bucket] += 1;
            }
        }
        Self { starts, items }
    }

    /// The mappings of a bucket; none where there is no such bucket.
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
    fn mappings_stand_in_their_bucket_in_order() {
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
