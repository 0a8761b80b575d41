/* The social and environmental considerations of a published contract: sets of a few words. Whatever is written there,
 * the contract is kept, but where two words of the format contradict each other. */
#include <string.h>

#include "common/base/attr.h"
#include "common/codec/pb.h"
#include "common/import/decp_contract.h"
#include "common/import/decp_shapes.h"
#include "common/import/fields.h"
#include "common/import/labels.h"

/* The words of one set, and what was seen of them: one bit for each value, so that a repeated one counts once and their
 * order is that of the format. */
struct considerations {
        const char *const *names; /* of the list: its own, then that of one word */
        const struct label *labels;
        size_t label_count;
        int none; /* the value of "Pas de considération…"; the highest */
        unsigned int seen;
        bool nothing; /* a word for "nothing here", which the format has not */
        bool wrong;
        bool told;
};

static bool is_nothing(const char *text)
{
        static const struct label words[] = {
                {"sansobjet", 0}, {"aucune", 0}, {"aucun", 0}, {"neant", 0}, {"aucuneconsideration", 0},
        };
        int ignored;
        return label_find(words, ARRAY_SIZE(words), text, &ignored);
}

static void see_word(struct considerations *to, const char *text, struct findings *found, const struct node *at)
{
        int value;

        if (label_is_placeholder(text))
                return;
        to->told = true;
        if (label_find(to->labels, to->label_count, text, &value)) {
                to->seen |= 1u << value;
        } else if (is_nothing(text)) {
                to->nothing = true;
        } else {
                note_warning(found, NOTE_LABEL, at);
                to->wrong = true;
        }
}

/* Several are found in one text: "Critère social, Clause sociale". */
static void see_words(struct findings *found, const struct node *part, size_t place, void *argument)
{
        struct considerations *to = argument;
        char *rest = tree_is_text(part->json) ? field_code(found, part) : NULL, *word;

        (void)place;
        if (part->json != NULL && !tree_is_text(part->json)) {
                note_warning(found, NOTE_LABEL, part);
                to->told = to->wrong = true;
        }
        while ((word = strsep(&rest, ",;|")) != NULL)
                see_word(to, word, found, part);
}

static struct node read_considerations(struct findings *found, const struct node *contract, struct considerations *to)
{
        struct node at = node_member(contract, to->names[0]);
        const struct shape shape = {.wrappers = to->names, .is_words = true, .part = see_words, .argument = to};

        shape_parts(found, &at, &shape);
        if (to->seen == 0 && to->nothing && !to->wrong)
                to->seen = 1u << to->none;
        if (to->wrong) /* "none" beside what is not understood is not sure */
                to->seen &= ~(1u << to->none);
        return at;
}

static bool is_contradicted(const struct considerations *told)
{
        return (told->seen & (1u << told->none)) != 0 && told->seen != 1u << told->none;
}

static void put_social(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        static const char *const names[] = {"considerationsSociales", "considerationSociale", NULL};
        static const struct label labels[] = {
                {"clausesociale", CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE},
                {"criteresocial", CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CRITERION},
                {"marchereserve", CONTRACTS__SOCIAL_CONSIDERATION__RESERVED},
                {"concessionreservee", CONTRACTS__SOCIAL_CONSIDERATION__RESERVED},
                {"pasdeconsiderationsociale", CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL},
        };
        struct considerations told = {names, labels, ARRAY_SIZE(labels), CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL,
                                      .seen = 0};
        struct node at = read_considerations(found, contract, &told);

        if (is_contradicted(&told))
                note_reason(found, NOTE_CONTRADICTION, &at);
        if (!told.told && record->format == CONTRACTS__RECORD_FORMAT__DECP_2022)
                note_warning(found, NOTE_MISSING, &at);
        for (int value = 1; value <= told.none; value++)
                if ((told.seen & (1u << value)) != 0) {
                        record->social =
                                pb_append(record->social, &record->n_social, sizeof(*record->social), found->arena);
                        record->social[record->n_social - 1] = (Contracts__SocialConsideration)value;
                }
}

static void put_environmental(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        static const char *const names[] = {"considerationsEnvironnementales", "considerationEnvironnementale", NULL};
        static const struct label labels[] = {
                {"clauseenvironnementale", CONTRACTS__ENVIRONMENTAL_CONSIDERATION__ENVIRONMENTAL_CLAUSE},
                {"critereenvironnemental", CONTRACTS__ENVIRONMENTAL_CONSIDERATION__ENVIRONMENTAL_CRITERION},
                {"pasdeconsiderationenvironnementale", CONTRACTS__ENVIRONMENTAL_CONSIDERATION__NO_ENVIRONMENTAL},
        };
        struct considerations told = {names, labels, ARRAY_SIZE(labels),
                                      CONTRACTS__ENVIRONMENTAL_CONSIDERATION__NO_ENVIRONMENTAL, .seen = 0};
        struct node at = read_considerations(found, contract, &told);

        if (is_contradicted(&told)) {
                note_warning(found, NOTE_CONTRADICTION, &at);
                return;
        }
        for (int value = 1; value <= told.none; value++)
                if ((told.seen & (1u << value)) != 0) {
                        record->environmental = pb_append(record->environmental, &record->n_environmental,
                                                          sizeof(*record->environmental), found->arena);
                        record->environmental[record->n_environmental - 1] =
                                (Contracts__EnvironmentalConsideration)value;
                }
}

void decp_considerations(struct findings *found, const struct node *contract, Contracts__ContractRecord *record)
{
        put_social(found, contract, record);
        put_environmental(found, contract, record);
}
