/* versions.h: what is replaced in this daemon (common/service/versions.h); by which events: page/replaced.h. */
#ifndef SERVICES_CONTRACTS_RECORD_VERSIONS_H
#define SERVICES_CONTRACTS_RECORD_VERSIONS_H

#include "common/service/versions.h"

/* Kept in the store: a number is never given again. */
enum thing {
        THING_CONTRACT = 1, /* contract */
        THING_CLAUSE,       /* contract, lot */
        THING_OBLIGATION,   /* obligation: who owes how much */
        THING_NEED,         /* need */
        THING_AGREEMENT,    /* agreement */
        THING_LINE,         /* programme line: the decision */
        THING_DRAFT_ITEMS,  /* contract, lot */
        THING_ASSOCIATION,  /* contract */
        THING_QUESTION,     /* question: its answer */
        THING_GRID,         /* contract, lot */
        THING_OFFER,        /* offer */
        THING_MARKS,        /* offer: those that were agreed on */
        THING_RESERVED,     /* contract, lot */
        THING_PLAN,         /* clause */
        THING_RESPONSIBLE,  /* obligation */
        THING_CASE,         /* control case */
        THING_TRANSFER,     /* transfer */
        THING_DECLINE,      /* contract: whether we follow it */
        THING_CONSULTATION, /* contract: its dates */
        THING_RELIEF,       /* obligation: a difficulty, and what the buyer granted */
        THING_LINK,         /* contract: which publication is about it */
        THING_REFERRAL,     /* referral */
        THING_DEROGATION,   /* programme line or contract */
        THING_AWARD,        /* contract, lot */
        THING_DOUBLE,       /* publication: whether it is another one of a contract */
        THING_BUYERS,       /* contract: who buys by it */
        THING_PARTS,        /* contract: its tranches and renewals */
        THING_SUBCONTRACT,  /* subcontract */
        THING_COUNT
};

/* For views: of a thing that an id names, or a contract's lot. */
uint64_t contracts_version(struct txn *txn, enum thing thing, struct id id);
uint64_t contracts_version_of_lot(struct txn *txn, enum thing thing, struct id contract, uint32_t lot);

#endif
