/* field_rules.h: what any field of a request is called and may hold, told once for the whole network, as a table beside
 * proto/ (protobuf-c keeps no options): French label and help, whether it must be there, how much it may hold, what a
 * text, an amount or a day must be, and whether it tells the partition that the request belongs to. validate_message()
 * asks it before any handler, route.c before that. A field that no row bounds has the defaults, so that a new message
 * is bounded by being there. */
#ifndef COMMON_CODEC_FIELD_RULES_H
#define COMMON_CODEC_FIELD_RULES_H

#include <protobuf-c/protobuf-c.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* All but the first two let an empty text pass: whether it must be there is another rule. */
enum text_kind {
        TEXT_UNSAID, /* of a row: ask the next; of a field: anything */
        TEXT_FREE,
        TEXT_SIRET,          /* a company's number whose keys hold (base/siret.h) */
        TEXT_SIRET_SOUGHT,   /* 14 digits: what was imported with a wrong key is found by it all the same */
        TEXT_SIRET_OR_SIREN, /* either: the 9 digits of a SIREN are all its establishments */
        TEXT_MAIL_ADDRESS,   /* one address (base/mail_address.h) */
        TEXT_TERRITORY,      /* a department's code (base/text.h) */
        TEXT_TERRITORIES,    /* the same, or "*": all of them */
        TEXT_COMMUNE,        /* an INSEE code */
        TEXT_ROME,           /* a trade: a letter and four digits */
        TEXT_CPV_PREFIX,     /* what is bought: the first 2 to 8 digits of its code */
        TEXT_PHONE,          /* digits and what stands between them */
        TEXT_PERSON_NAME,    /* no digit, no control character */
        TEXT_ACCOUNT,        /* the name of an account */
};

enum presence {
        PRESENCE_UNSAID,   /* of a row: ask the next; of a field: it may be left out */
        PRESENCE_OPTIONAL, /* where a row further down would demand it */
        PRESENCE_REQUIRED, /* a text of more than blanks, a list of one element, a number that is not zero… */
};

enum day_range {
        DAY_UNSAID,
        DAY_ANY,
        DAY_PAST, /* today at the latest, on the wall of who acts */
        DAY_NEAR, /* within the last ten years or the next two: the first day of something */
};

enum routing {
        ROUTING_NONE,
        ROUTING_ID,        /* an id that was made by the partition, which stands in it */
        ROUTING_FIRST,     /* lines of one thing: the id of the first of them */
        ROUTING_TERRITORY, /* where there is no such id */
        ROUTING_PAGE,      /* where there is neither: one partition after the other */
        ROUTING_INSIDE,    /* a message whose fields tell, instead of those beside it */
};

struct field_rule {
        const char *field;       /* "contracts.OpenCase.reason", or a pattern of fnmatch(3): "*.reason" */
        const char *label;       /* French, with its article, as whoever fills it in calls it: "le motif" */
        const char *help;        /* French: what to write there, or where to find it; may be NULL */
        uint32_t characters_max; /* of a text, or of each text of a list */
        uint32_t count_max;      /* elements of a list */
        uint32_t bytes_max;      /* of a bytes field; of a whole request, whose row names the message alone */
        enum text_kind kind;
        const char *codes; /* of a text, or of each text of a list: which list of codes.h has it; an empty one passes */
        enum presence presence;
        int64_t least, most; /* of a number, hundredths of an hour, cents. Both zero: any */
        enum day_range day;
        enum routing routing;
};

#define FIELD_NO_MOST INT64_MAX

enum {
        BOUND_CHARACTERS = 4000, /* about a page of text */
        BOUND_COUNT = 100,
        BOUND_BYTES = 1024,
        BOUND_REQUEST_BYTES = 64 * 1024, /* half of what an event may weigh */
        DAYS_BACK_MAX = 3653,            /* DAY_NEAR: ten years, the longest contracts */
        DAYS_AHEAD_MAX = 731,            /* and two */
};

/* Of each column, what the first row says that names the field (or the message) and says something there; else the
 * default. `field` is that of the first row which names it at all, NULL: none does. Any thread, for good. */
const struct field_rule *field_rule(const ProtobufCFieldDescriptor *field);
const struct field_rule *message_rule(const ProtobufCMessageDescriptor *type);

/* "le motif" -> "Motif": as the head of a column or of a box to fill in. */
enum { LABEL_SIZE = 160 };
void label_title(const char *label, char ret_title[LABEL_SIZE]);

/* The rows, in their order, part after part; the defaults are not filled in. For tests and documents: a row that says
 * nothing anywhere fails test_field_rules. */
struct field_rules_part {
        const struct field_rule *rows;
        const size_t *count;
};
enum { FIELD_RULES_PARTS = 2 };
extern const struct field_rules_part field_rules_parts[FIELD_RULES_PARTS];

#endif
