#include "common/import/decp_contract.h"

#include "common/base/attr.h"
#include "tests/unit/common/import/contract_text.h"

enum {
        CLAUSE = 1u << CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE,
        CRITERION = 1u << CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CRITERION,
        RESERVED = 1u << CONTRACTS__SOCIAL_CONSIDERATION__RESERVED,
        NONE = 1u << CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL,
        UNKNOWN = 0,
};

static void considerations_are_a_set(void **state)
{
        struct reading *reading = *state;
        const Contracts__ContractRecord *record = market_with(
                reading, "considerationsSociales",
                "{'considerationSociale': ['Marché réservé', 'Critère social', 'Critère social', 'CLAUSE SOCIALE']}");

        assert_int_equal(record->n_social, 3);
        assert_int_equal(record->social[0], CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE);
        assert_int_equal(record->social[1], CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CRITERION);
        assert_int_equal(record->social[2], CONTRACTS__SOCIAL_CONSIDERATION__RESERVED);
        record = market_with(reading, "considerationsSociales",
                             "{'considerationSociale': ['Pas de considération sociale']}");
        assert_int_equal(record->n_social, 1);
        assert_int_equal(record->social[0], CONTRACTS__SOCIAL_CONSIDERATION__NO_SOCIAL);
}

static void an_absent_consideration_is_unknown_not_none(void **state)
{
        struct reading *reading = *state;
        assert_int_equal(market_with(reading, "considerationsSociales", NULL)->n_social, 0);
        assert_int_equal(market_with(reading, "considerationsSociales", "null")->n_social, 0);
        assert_int_equal(market_with(reading, "considerationsSociales", "'CDL'")->n_social, 0);
}

static void a_doubtful_none_is_unknown(void **state)
{
        struct reading *reading = *state;
        const Contracts__ContractRecord *record = market_with(
                reading, "considerationsEnvironnementales",
                "{'considerationEnvironnementale': ['Clause environnementale', 'Critère environnemental']}");

        assert_int_equal(record->n_environmental, 2);
        record = market_with(reading, "considerationsEnvironnementales",
                             "{'considerationEnvironnementale': ['Clause environnementale', "
                             "'Pas de considération environnementale']}");
        assert_int_equal(record->n_environmental, 0);
        assert_non_null(reading_find(&reading->found.warnings, NOTE_CONTRADICTION, "considerationsEnvironnementales"));
        record = market_with(reading, "considerationsEnvironnementales",
                             "{'considerationEnvironnementale': ['Clause environnementale', 'Autre']}");
        assert_int_equal(record->n_environmental, 1); /* what is told beside it is told */
        record = market_with(reading, "considerationsEnvironnementales",
                             "{'considerationEnvironnementale': ['Pas de considération environnementale', 'Autre']}");
        assert_int_equal(record->n_environmental, 0);
}

/* What is written in the list, and what it says; the field of the remark where there is one. */
static const struct {
        const char *written;
        unsigned int says;
        const char *field;
} variants[] = {
        {"['Sans objet']", NONE, NULL},
        {"['Aucune']", NONE, NULL},
        {"'Néant'", NONE, NULL},
        {"['Sans objet', 'Clause sociale']", CLAUSE, NULL},
        {"'Clause sociale, Critère social'", CLAUSE | CRITERION, NULL},
        {"['Critère social ; Marché réservé']", CRITERION | RESERVED, NULL},
        {"['Crit\\ufffdre social']", CRITERION, NULL},
        {"['Crit?re social']", CRITERION, NULL},
        {"['CritÃ¨re social']", CRITERION, NULL},
        {"['Crit\\ufffd\\ufffdre social']", CRITERION, NULL},
        {"['March\\ufffd r\\ufffdserv\\ufffd']", RESERVED, NULL},
        {"['Pas de consid?ration sociale']", NONE, NULL},
        {"[['Clause sociale']]", CLAUSE, NULL},
        {"[{'considerationSociale': 'Clause sociale'}]", CLAUSE, NULL},
        {"{'considerationSociale': [['Clause sociale'], 'Critère social']}", CLAUSE | CRITERION, NULL},
        {"'{\\'considerationSociale\\': [\\'Clause sociale\\']}'", CLAUSE, NULL},
        {"['Oui']", UNKNOWN, "considerationsSociales[0]"},
        {"'test'", UNKNOWN, "considerationsSociales"},
        {"['Clause sociale', 'Oui']", CLAUSE, "considerationsSociales[1]"},
        {"['Pas de considération sociale', 'Oui']", UNKNOWN, "considerationsSociales[1]"},
        {"[3]", UNKNOWN, "considerationsSociales[0]"},
        {"{'considerationSociale': ['Clause verte']}", UNKNOWN, "considerationsSociales.considerationSociale[0]"},
        {"['? ? ? ? ?']", UNKNOWN, "considerationsSociales[0]"},
        {"['C? s?']", UNKNOWN, "considerationsSociales[0]"},
};

static void what_is_written_there_never_costs_the_contract(void **state)
{
        struct reading *reading = *state;

        for (size_t i = 0; i < ARRAY_SIZE(variants); i++) {
                const Contracts__ContractRecord *record =
                        market_with(reading, "considerationsSociales", variants[i].written);
                unsigned int says = UNKNOWN;
                assert_non_null(record);
                for (size_t j = 0; j < record->n_social; j++)
                        says |= 1u << record->social[j];
                assert_int_equal(says, variants[i].says);
                size_t labels = reading_count(&reading->found.warnings, NOTE_LABEL);
                assert_int_equal(labels, variants[i].field != NULL);
                if (variants[i].field != NULL)
                        assert_non_null(reading_find(&reading->found.warnings, NOTE_LABEL, variants[i].field));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                READING_TEST(considerations_are_a_set),
                READING_TEST(an_absent_consideration_is_unknown_not_none),
                READING_TEST(a_doubtful_none_is_unknown),
                READING_TEST(what_is_written_there_never_costs_the_contract),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
