//! Indexes in memory, one type a kind of record.

macro_rules! indexes {
    ($($(#[$doc:meta])* $name:ident;)+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(u32);

            impl $name {
                /// The index of a record by its position.
                #[must_use]
                pub fn new(position: usize) -> Self {
                    Self(u32::try_from(position).expect("a book has fewer than four thousand million records"))
                }

                /// The position in its list.
                #[must_use]
                pub fn index(self) -> usize {
                    self.0 as usize
                }
            }
        )+
    };
}

indexes! {
    /// A group of measures.
    GroupIx;
    /// A measure.
    MeasureIx;
    /// A practice.
    PracticeIx;
    /// A framework.
    FrameworkIx;
    /// A node of any framework.
    NodeIx;
    /// A set of mappings.
    SetIx;
    /// A mapping.
    MappingIx;
    /// A use case.
    UseCaseIx;
    /// A threat.
    ThreatIx;
    /// A term of the glossary.
    TermIx;
    /// A page of prose.
    PageIx;
    /// A picture or a document.
    AssetIx;
}
