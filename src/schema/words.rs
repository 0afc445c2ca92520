//! The few words that an author may choose from.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An enum of words, with the word that is written and the name that is shown.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal, $name_shown:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize, Serialize, JsonSchema)]
        pub enum $name {
            $($(#[$variant_doc])* #[serde(rename = $word)] $variant,)+
        }

        impl $name {
            /// Every word, in reading order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word as it is written in YAML.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }

            /// The name that a reader sees.
            #[must_use]
            pub fn shown(self) -> &'static str {
                match self { $(Self::$variant => $name_shown),+ }
            }
        }
    };
}

words! {
    /// Who acts.
    Actor {
        /// The organisation that uses the service.
        Customer = "customer", "Customer";
        /// The cloud provider.
        Provider = "provider", "Provider";
        /// Both have a task, and neither task is enough.
        Shared = "shared", "Shared";
    }
}

words! {
    /// What a measure is made of.
    MeasureKind {
        /// Roles, rules and procedures.
        Organisational = "organisational", "Organisational";
        /// Systems and their settings.
        Technical = "technical", "Technical";
    }
}

words! {
    /// A phase in the life of a cloud service.
    Phase {
        /// Before a service is chosen.
        Plan = "plan", "Plan";
        /// Tender and contract.
        Procure = "procure", "Procure";
        /// Moving in.
        Migrate = "migrate", "Migrate";
        /// Daily use.
        Operate = "operate", "Operate";
        /// Moving out.
        Exit = "exit", "Exit";
    }
}

words! {
    /// How much of the stack is rented.
    ServiceModel {
        /// Infrastructure as a service.
        Iaas = "iaas", "IaaS";
        /// Platform as a service.
        Paas = "paas", "PaaS";
        /// Software as a service.
        Saas = "saas", "SaaS";
    }
}

impl ServiceModel {
    /// The name in full.
    #[must_use]
    pub fn long(self) -> &'static str {
        match self {
            Self::Iaas => "Infrastructure as a service",
            Self::Paas => "Platform as a service",
            Self::Saas => "Software as a service",
        }
    }
}

words! {
    /// How much a measure weighs in a use case.
    Relevance {
        /// Do not go live without it.
        Essential = "essential", "Essential";
        /// Needed, and may follow with a plan.
        Important = "important", "Important";
        /// Helps the others.
        Supporting = "supporting", "Supporting";
    }
}

words! {
    /// How two statements relate, after NIST IR 8477. Read from ours to theirs.
    Relation {
        /// Both ask for the same.
        Equal = "equal", "equal";
        /// Ours asks for less.
        SubsetOf = "subset-of", "subset of";
        /// Ours asks for more.
        SupersetOf = "superset-of", "superset of";
        /// They overlap, and each has something of its own.
        IntersectsWith = "intersects-with", "intersects";
        /// Ours helps to meet a duty of law; say how by `property`.
        Supports = "supports", "supports";
    }
}

words! {
    /// How a measure supports a duty, after NIST IR 8477.
    Property {
        /// The duty can't be met without it.
        IntegralTo = "integral-to", "integral to";
        /// One way to meet it among several.
        ExampleOf = "example-of", "example of";
        /// It has to come before.
        Precedes = "precedes", "precedes";
    }
}

words! {
    /// The style of a set of mappings, after NIST IR 8477.
    Style {
        /// `equal`, `subset-of`, `superset-of`, `intersects-with`.
        SetTheory = "set-theory", "set theory";
        /// `supports`, with a property.
        Supportive = "supportive", "supportive";
    }
}

words! {
    /// On what a mapping's judgement rests, after NIST IR 8477.
    Rationale {
        /// The wording.
        Syntactic = "syntactic", "syntactic";
        /// The meaning.
        Semantic = "semantic", "semantic";
        /// The effect.
        Functional = "functional", "functional";
    }
}

words! {
    /// Who judged the mappings.
    Method {
        /// Each pair was judged on its own, with both texts read in full.
        Editorial = "editorial", "editorial";
        /// People read both texts.
        Human = "human", "human";
        /// People judged what a program proposed.
        Assisted = "assisted", "assisted";
        /// A program alone.
        Automated = "automated", "automated";
    }
}

words! {
    /// Where a framework stands on its way.
    State {
        /// Not adopted.
        Candidate = "candidate", "Candidate";
        /// In force, or published as final.
        InForce = "in-force", "In force";
        /// Replaced or repealed.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

words! {
    /// A goal of protection.
    Factor {
        /// Data reach only those who may see them.
        Confidentiality = "confidentiality", "Confidentiality";
        /// Data are right and whole.
        Integrity = "integrity", "Integrity";
        /// Data are there when they are needed.
        Availability = "availability", "Availability";
    }
}

words! {
    /// How much harm follows when a goal is missed.
    Impact {
        /// An annoyance.
        Low = "low", "Low";
        /// The work is slower or dearer.
        Moderate = "moderate", "Moderate";
        /// People can come to harm.
        High = "high", "High";
        /// Lasting harm, or harm to many.
        Severe = "severe", "Severe";
    }
}

words! {
    /// What a flow of data is.
    FlowKind {
        /// Data move.
        Transfer = "transfer", "Transfer";
        /// People look; no copy is meant to leave.
        Access = "access", "Access";
    }
}

words! {
    /// A use case's drawing; each differs by shape.
    Mark {
        /// A page.
        Record = "record", "Page";
        /// A speech bubble.
        Speech = "speech", "Speech bubble";
        /// A hexagon.
        Device = "device", "Hexagon";
        /// A square.
        Square = "square", "Square";
    }
}

words! {
    /// A reader whom a page serves.
    Audience {
        /// Security officer or architect.
        Security = "security", "Security officer";
        /// Data protection officer.
        DataProtection = "data-protection", "Data protection officer";
        /// Procurement officer.
        Procurement = "procurement", "Procurement officer";
        /// A provider's compliance lead.
        Provider = "provider", "Cloud provider";
        /// Auditor.
        Audit = "audit", "Auditor";
    }
}

words! {
    /// A part of a page that is made from the catalogue.
    Part {
        /// The catalogue in figures.
        Figures = "figures", "The catalogue in figures";
        /// What a framework misprints, and what is uncertain in it.
        Errata = "errata", "Errata and doubts";
    }
}
