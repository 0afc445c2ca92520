//! The enums of which authors choose a value.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Declares an enum with the word that authors write and the name that readers see for each variant.
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
    /// Who is responsible.
    Actor {
        /// The organisation that uses the service.
        Customer = "customer", "Customer";
        /// The cloud provider.
        Provider = "provider", "Provider";
        /// Both: each has tasks, and neither can do without the other.
        Shared = "shared", "Shared";
    }
}

words! {
    /// Whether a measure is organisational or technical.
    MeasureKind {
        /// Roles, rules and procedures.
        Organisational = "organisational", "Organisational";
        /// Systems and their settings.
        Technical = "technical", "Technical";
    }
}

words! {
    /// A phase of the service life cycle.
    Phase {
        /// Planning, before a service is chosen.
        Plan = "plan", "Plan";
        /// Tendering and contracting.
        Procure = "procure", "Procure";
        /// Moving to the service.
        Migrate = "migrate", "Migrate";
        /// Daily use.
        Operate = "operate", "Operate";
        /// Leaving the service.
        Exit = "exit", "Exit";
    }
}

words! {
    /// A cloud service model.
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
    /// How relevant a measure is in a use case.
    Relevance {
        /// Required before going live.
        Essential = "essential", "Essential";
        /// Required, but may follow later if planned.
        Important = "important", "Important";
        /// Helps other measures to work.
        Supporting = "supporting", "Supporting";
    }
}

words! {
    /// How a practice relates to a requirement, after NIST IR 8477.
    Relation {
        /// Both require the same.
        Equal = "equal", "equal";
        /// The practice requires less than the requirement.
        SubsetOf = "subset-of", "subset of";
        /// The practice requires more than the requirement.
        SupersetOf = "superset-of", "superset of";
        /// Both overlap, and each requires something that the other does not.
        IntersectsWith = "intersects-with", "intersects";
        /// The practice helps to meet a legal obligation; `property` says how.
        Supports = "supports", "supports";
    }
}

words! {
    /// How a practice supports a requirement, after NIST IR 8477.
    Property {
        /// The requirement cannot be met without it.
        IntegralTo = "integral-to", "integral to";
        /// One of several ways to meet the requirement.
        ExampleOf = "example-of", "example of";
        /// A prerequisite of the requirement.
        Precedes = "precedes", "precedes";
    }
}

words! {
    /// The relationship style of a set of mappings, after NIST IR 8477.
    Style {
        /// Uses `equal`, `subset-of`, `superset-of` and `intersects-with`.
        SetTheory = "set-theory", "set theory";
        /// Uses `supports`, with a property.
        Supportive = "supportive", "supportive";
    }
}

words! {
    /// The basis on which relations were determined, after NIST IR 8477.
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
    /// How the relations were determined.
    Method {
        /// Each pair was assessed individually, with both texts read in full.
        Editorial = "editorial", "editorial";
        /// People compared both texts.
        Human = "human", "human";
        /// People reviewed what a program proposed.
        Assisted = "assisted", "assisted";
        /// By a program alone.
        Automated = "automated", "automated";
    }
}

words! {
    /// The state of a framework.
    State {
        /// Not yet adopted.
        Candidate = "candidate", "Candidate";
        /// In force, or published as final.
        InForce = "in-force", "In force";
        /// Replaced or repealed.
        Withdrawn = "withdrawn", "Withdrawn";
    }
}

words! {
    /// A protection goal.
    Factor {
        /// Only authorised people can see the data.
        Confidentiality = "confidentiality", "Confidentiality";
        /// Data are correct and complete.
        Integrity = "integrity", "Integrity";
        /// Data are available when needed.
        Availability = "availability", "Availability";
    }
}

words! {
    /// The severity of the harm if a protection goal is missed.
    Impact {
        /// An annoyance.
        Low = "low", "Low";
        /// Work becomes slower or more expensive.
        Moderate = "moderate", "Moderate";
        /// People can come to harm.
        High = "high", "High";
        /// Lasting harm, or harm to many.
        Severe = "severe", "Severe";
    }
}

words! {
    /// The kind of a data flow.
    FlowKind {
        /// Data are transferred.
        Transfer = "transfer", "Transfer";
        /// Data are accessed; no copy is meant to leave.
        Access = "access", "Access";
    }
}

words! {
    /// The icon of a use case. Each has a different shape.
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
    /// A group of readers.
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
    /// A part of a page that is generated from the catalogue.
    Part {
        /// The catalogue in figures.
        Figures = "figures", "The catalogue in figures";
        /// Misprints and uncertainties in the frameworks.
        Errata = "errata", "Errata and doubts";
    }
}
