/* journey.h: the whole way of a clause, from a published contract to the consolidation, on one contract in each
 * partition. What its steps share. */
#ifndef SERVICES_CTL_JOURNEY_H
#define SERVICES_CTL_JOURNEY_H

#include "common/base/day.h"
#include "common/base/quantity.h"
#include "common/base/text.h"
#include "services/ctl/session.h"
#include "notifications/queries.pb-c.h"
#include "reporting/queries.pb-c.h"

enum { JOURNEY_LEGS_MAX = 8, JOURNEY_PERSONS = 3, JOURNEY_NAME_SIZE = 160 };

/* One person of a leg: each has another modality. */
struct journey_person {
        struct id id, placement, employer;
        char employer_name[JOURNEY_NAME_SIZE];
        Types__Modality modality;
        Types__Role submitter; /* whose account states the hours */
        struct hours hours;
};

/* One contract, in one partition. */
struct journey_leg {
        const struct instance *instance;
        char territory[TERRITORY_TEXT_SIZE];
        char commune[8];
        struct id contract, clause, obligation, need;
        struct id buyer, company, prescriber, subcontractor;
        char buyer_siret[16];
        char buyer_name[JOURNEY_NAME_SIZE];
        char company_siret[16];
        char company_name[JOURNEY_NAME_SIZE];
        char prescriber_name[JOURNEY_NAME_SIZE];
        struct money amount;
        struct hours due, done, converted;
        struct journey_person persons[JOURNEY_PERSONS];
};

struct journey {
        struct session session;
        const char *directory; /* run directory */
        const char *data;      /* NULL: the demo region */
        const char *mailbox;   /* maildir where the network's mails arrive; NULL: not told */
        bool mails;            /* the network has a mail server, and its mails can be read here */
        struct day today;
        struct month month; /* of the hours that are stated */
        struct journey_leg legs[JOURNEY_LEGS_MAX];
        size_t leg_count;
        Reporting__ConsolidationReply *before; /* in `arena` */
        struct arena arena;
        unsigned checked, failed;
};

/* Prints a line that says whether it holds; the journey goes on either way, and fails at its end. */
void journey_check(struct journey *journey, bool holds, const char *format, ...) ATTR_FORMAT(3, 4);
void journey_title(const char *format, ...) ATTR_FORMAT(1, 2);
/* Cuts between two characters where the text is too long. */
void journey_copy(char *ret_text, size_t size, const char *text);
/* In French: "1 784,50". */
enum { JOURNEY_AMOUNT_SIZE = 48 };
const char *journey_hours(struct hours hours, char ret_text[JOURNEY_AMOUNT_SIZE]);
const char *journey_money(struct money money, char ret_text[JOURNEY_AMOUNT_SIZE]);
/* Until all daemons know all that was told. */
bool journey_settle(struct journey *journey) ATTR_MUST_CHECK;
Reporting__ConsolidationReply *journey_consolidation(struct journey *journey, struct arena *arena) ATTR_MUST_CHECK;

/* Waits for the notice in the prescriber's inbox, and for its mail where there is a server. */
bool journey_find_notice(struct journey *journey, const struct journey_leg *leg, Notifications__NoticeKind kind,
                         struct id subject) ATTR_MUST_CHECK;

#endif
