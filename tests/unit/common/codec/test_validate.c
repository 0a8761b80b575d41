/* What validate_message() refuses of any message, with the path; and that it accepts all that is well made. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/codec/validate.h"
#include "contracts/commands.pb-c.h"
#include "contracts/events.pb-c.h"
#include "common/codec/field_rules.h"
#include "contracts/queries.pb-c.h"
#include "directory/commands.pb-c.h"
#include "accounts/commands.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "tests/lib/fill.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

static const struct day today = {FILL_TODAY};

static void assert_valid(const void *message)
{
        struct refusal refusal = {0};
        if (!validate_message(message, today, &refusal))
                fail_msg("%s", refusal.text);
}

/* Nothing is wrong with what is there. */
static void assert_sound(const void *message)
{
        struct refusal refusal = {0};
        if (!validate_message(message, today, &refusal) && strncmp(refusal.text, "Indiquez ", 9) != 0)
                fail_msg("%s", refusal.text);
}

static void assert_invalid(const void *message, const char *field, const char *text)
{
        struct refusal refusal = {0};
        assert_false(validate_message(message, today, &refusal));
        assert_int_equal(refusal.code, TYPES__REFUSAL_CODE__INVALID_FIELD);
        assert_string_equal(refusal.field, field);
        if (strstr(refusal.text, text) == NULL)
                fail_msg("\"%s\" is not in: %s", text, refusal.text);
}

static void each_made_up_message_is_valid(const ProtobufCMessageDescriptor *type, void *seed)
{
        for (unsigned i = 0; i < 10; i++) {
                scoped(arena_fini) struct arena arena = {0};
                ProtobufCMessage *message = fill_message(type, seed, &arena);
                assert_valid(message);
                assert_valid(pb_decode(type, pb_encode(message, &arena), &arena));
        }
}

static void test_well_made_messages(void **state)
{
        (void)state;
        uint64_t seed = 7;
        fill_each_type(each_made_up_message_is_valid, &seed);
}

static void test_unknown_fields(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        /* field 2 = 1; field 99 = 5 */
        static const uint8_t outer[] = {0x10, 1, 0x98, 6, 5};
        assert_invalid(pb_decode(&contracts__put_clause__descriptor, slice_of(outer, sizeof(outer)), &arena), "",
                       "le champ numéro 99 n'est pas connu");
        /* field 3 (calibration) = { field 99 = 5 } */
        static const uint8_t inner[] = {0x1a, 3, 0x98, 6, 5};
        assert_invalid(pb_decode(&contracts__put_clause__descriptor, slice_of(inner, sizeof(inner)), &arena),
                       "calibration", "numéro 99");
}

static void test_ids(void **state)
{
        (void)state;
        Types__Id id = TYPES__ID__INIT;
        Contracts__PutClause clause = CONTRACTS__PUT_CLAUSE__INIT;
        clause.contract_id = &id;
        assert_invalid(&clause, "contractId", "Corrigez le contrat, qui doit être un identifiant");
        uint8_t bytes[17] = {0};
        id.value = (ProtobufCBinaryData){.len = 15, .data = bytes};
        assert_invalid(&clause, "contractId", "identifiant");
        id.value.len = 17;
        assert_invalid(&clause, "contractId", "identifiant");
        id.value.len = 16;
        assert_sound(&clause);
}

static void test_enums(void **state)
{
        (void)state;
        Contracts__Calibration calibration = CONTRACTS__CALIBRATION__INIT;
        Contracts__PutClause clause = CONTRACTS__PUT_CLAUSE__INIT;
        clause.calibration = &calibration;
        calibration.rounding = (Contracts__Rounding)6;
        assert_invalid(&clause, "calibration.rounding", "n'est pas une valeur connue");
        calibration.rounding = CONTRACTS__ROUNDING__TO_35;
        assert_sound(&clause);

        Contracts__SocialConsideration social[] = {CONTRACTS__SOCIAL_CONSIDERATION__RESERVED,
                                                   (Contracts__SocialConsideration)-1};
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__ImportContract import = CONTRACTS__IMPORT_CONTRACT__INIT;
        import.record = &record;
        record.social = social;
        record.n_social = 2;
        assert_invalid(&import, "record.social[1]", "n'est pas une valeur connue");
}

/* Wherever one is typed: a new field is checked by its name. */
static void test_numbers_of_companies(void **state)
{
        (void)state;
        static const char *const wrong[] = {"00000000000000", "12345678901234",    "11122233344455",
                                            "73282932000075", "732 829 320 00074", "7328293200007"};
        Contracts__RecordObligation obligation = CONTRACTS__RECORD_OBLIGATION__INIT;
        Contracts__EnterReserved reserved = CONTRACTS__ENTER_RESERVED__INIT;
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                obligation.contractor_siret = reserved.buyer_siret = (char *)(uintptr_t)wrong[i];
                assert_invalid(&obligation, "contractorSiret", "14 chiffres");
                assert_invalid(&reserved, "buyerSiret", "avis de situation");
        }
        obligation.contractor_siret = (char *)(uintptr_t) "35600000049837"; /* La Poste */
        assert_sound(&obligation);
        obligation.contractor_siret = (char *)(uintptr_t) "";
        assert_sound(&obligation);

        Contracts__CompanyLedger ledger = CONTRACTS__COMPANY_LEDGER__INIT;
        ledger.siret = (char *)(uintptr_t) "732829320";
        assert_valid(&ledger);
        ledger.siret = (char *)(uintptr_t) "000000000";
        assert_invalid(&ledger, "siret", "SIREN");
        Contracts__ContractsRequest sought = CONTRACTS__CONTRACTS_REQUEST__INIT;
        sought.buyer_siret = (char *)(uintptr_t) "73282932000075"; /* so it was published: it must be found */
        assert_valid(&sought);
        sought.buyer_siret = (char *)(uintptr_t) "7328293200007";
        assert_invalid(&sought, "buyerSiret", "14 chiffres");
}

static void test_mail_addresses(void **state)
{
        (void)state;
        static const char *const wrong[] = {"a@b.fr;c@d.fr", "a@b@c.fr", "a@b.fr,",  "a@.fr",   "a@b.fr\t",
                                            "<a@b.fr>",      "x",        "a@b.fr\n", " a@b.fr", "é@b.fr"};
        Tracking__ReferBeneficiary referred = TRACKING__REFER_BENEFICIARY__INIT;
        Tracking__Identity identity = TRACKING__IDENTITY__INIT;
        Contracts__NameResponsible named = CONTRACTS__NAME_RESPONSIBLE__INIT;
        Contracts__Responsible responsible = CONTRACTS__RESPONSIBLE__INIT;
        Notifications__Subscribe subscribe = NOTIFICATIONS__SUBSCRIBE__INIT;
        referred.identity = &identity;
        named.responsible = &responsible;
        for (size_t i = 0; i < ARRAY_SIZE(wrong); i++) {
                identity.email = responsible.email = subscribe.email = (char *)(uintptr_t)wrong[i];
                assert_invalid(&referred, "identity.email", "une seule");
                assert_invalid(&named, "responsible.email", "une seule");
                assert_invalid(&subscribe, "email", "une seule");
        }
        identity.email = (char *)(uintptr_t) "anais@exemple.fr";
        assert_sound(&referred);
}

static void test_lists_and_bytes(void **state)
{
        (void)state;
        char territory[] = "31", *territories[21];
        for (size_t i = 0; i < ARRAY_SIZE(territories); i++)
                territories[i] = territory;
        Contracts__PutClause clause = CONTRACTS__PUT_CLAUSE__INIT;
        clause.territories = territories;
        clause.n_territories = 20;
        assert_sound(&clause);
        clause.n_territories = 21;
        assert_invalid(&clause, "territories", "Réduisez les départements : 20 éléments au plus");

        uint8_t after[256];
        Types__Page page = TYPES__PAGE__INIT;
        Tracking__BeneficiariesRequest list = TRACKING__BENEFICIARIES_REQUEST__INIT;
        memset(after, 1, sizeof(after));
        list.page = &page;
        page.after = (ProtobufCBinaryData){255, after};
        assert_valid(&list);
        page.after.len++;
        assert_invalid(&list, "page.after", "255 octets");
}

static void test_texts(void **state)
{
        (void)state;
        char text[202 * 2 + 1];
        for (size_t i = 0; i < 201; i++)
                memcpy(text + 2 * i, "é", 2);
        text[402] = '\0';
        Contracts__DeclareNeed need = CONTRACTS__DECLARE_NEED__INIT;
        need.title = text;
        assert_invalid(&need, "title", "Abrégez l'intitulé du poste : 200 caractères au plus");
        text[400] = '\0'; /* characters are counted, not bytes */
        assert_sound(&need);
        text[1] = 'x';
        text[398] = '\0';
        assert_invalid(&need, "title", "UTF-8");

        char *territories[] = {(char[]){"31"}, (char[]){"\xff"}};
        Contracts__PutClause clause = CONTRACTS__PUT_CLAUSE__INIT;
        clause.territories = territories;
        clause.n_territories = 2;
        assert_invalid(&clause, "territories[1]", "UTF-8");
}

static void test_days_months_instants(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        const struct {
                int32_t days;
                bool valid;
        } days[] = {{-135140, true}, {-135141, false},   {157419, true},
                    {157420, false}, {INT32_MIN, false}, {INT32_MAX, false}};
        for (size_t i = 0; i < ARRAY_SIZE(days); i++) {
                Tracking__OpenPlacement end = TRACKING__OPEN_PLACEMENT__INIT;
                end.ends_on = day_to(&arena, day_of_number(days[i].days));
                if (days[i].valid)
                        assert_sound(&end);
                else
                        assert_invalid(&end, "endsOn", "une date qui existe");
        }

        Tracking__SubmitHours hours = TRACKING__SUBMIT_HOURS__INIT;
        hours.month = month_to(&arena, month_of_number(-4441));
        assert_invalid(&hours, "month", "un mois");
        hours.month->months = 5172;
        assert_invalid(&hours, "month", "un mois");
        hours.month->months = 5171;
        assert_sound(&hours);

        Tracking__BeneficiaryLine line = TRACKING__BENEFICIARY_LINE__INIT;
        line.referred_at = instant_to(&arena, INT64_MIN);
        assert_invalid(&line, "referredAt", "un instant");
        line.referred_at->ms = 13601088000000;
        assert_invalid(&line, "referredAt", "un instant");
        line.referred_at->ms = 13601087999999;
        assert_valid(&line);
}

static void test_shares(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        Contracts__Calibration calibration = CONTRACTS__CALIBRATION__INIT;
        Contracts__PutClause clause = CONTRACTS__PUT_CLAUSE__INIT;
        clause.calibration = &calibration;
        calibration.labour_share = share_to(&arena, share_of_millionths(1000001));
        assert_invalid(&clause, "calibration.labourShare", "doit être une part entre 0 et 1");
        calibration.labour_share->millionths = 1000000;
        assert_sound(&clause);
}

/* What is missing is told by its label and help; what is wrong, before that. */
static void test_what_is_missing(void **state)
{
        (void)state;
        Tracking__OpenPlacement open = TRACKING__OPEN_PLACEMENT__INIT;
        assert_invalid(&open, "modality", "Indiquez la modalité : embauche directe (DIRECT_HIRE)");
        open.rome_code = (char *)(uintptr_t) "F17";
        assert_invalid(&open, "romeCode", "Corrigez le métier, par son code ROME : un code ROME s'écrit avec");
        Contracts__ImportProgramme list = CONTRACTS__IMPORT_PROGRAMME__INIT;
        Contracts__PreviewProgrammeRequest preview = CONTRACTS__PREVIEW_PROGRAMME_REQUEST__INIT;
        assert_invalid(&preview, "programme", "Indiquez la liste à lire : joignez-la.");
        preview.programme = &list;
        assert_invalid(&preview, "programme.buyerSiret", "Indiquez le SIRET de l'acheteur");
}

static void test_kinds_of_texts(void **state)
{
        (void)state;
        static const struct {
                const char *good, *wrong, *also_wrong;
                const char *field;
        } rows[] = {
                {"Anne-Émilie", "Anne 2", "An\tne", "identity.givenName"},
                {"+33 (0)6.12-34 56 78", "06 12 appt 3", "06;07", "identity.phone"},
                {"2A004", "2A00X", "3155", "identity.commune"},
                {"974", "99", "031", "territory"},
        };
        Tracking__ReferBeneficiary referred = TRACKING__REFER_BENEFICIARY__INIT;
        Tracking__Identity identity = TRACKING__IDENTITY__INIT;
        char **const members[] = {&identity.given_name, &identity.phone, &identity.commune, &referred.territory};
        referred.identity = &identity;
        for (size_t i = 0; i < ARRAY_SIZE(rows); i++) {
                char *before = *members[i];
                *members[i] = (char *)(uintptr_t)rows[i].good;
                assert_sound(&referred);
                *members[i] = (char *)(uintptr_t)rows[i].wrong;
                assert_invalid(&referred, rows[i].field, "Corrigez ");
                *members[i] = (char *)(uintptr_t)rows[i].also_wrong;
                assert_invalid(&referred, rows[i].field, "Corrigez ");
                *members[i] = before;
        }

        char *territories[] = {(char[]){"*"}, (char[]){"2B"}, (char[]){"20"}};
        Accounts__CreateUser user = ACCOUNTS__CREATE_USER__INIT;
        user.territories = territories;
        user.n_territories = 2;
        assert_sound(&user);
        user.n_territories = 3;
        assert_invalid(&user, "territories[2]", "Corrigez les départements du compte (n° 3) : écrivez un code");
        user.n_territories = 0;
        user.name = (char *)(uintptr_t) "Marie";
        assert_invalid(&user, "name", "Corrigez le nom du compte : de 3 à 64 caractères");

        char *prefixes[] = {(char[]){"45"}, (char[]){"4"}};
        Contracts__Agreement agreement = CONTRACTS__AGREEMENT__INIT;
        Contracts__PutAgreement put = CONTRACTS__PUT_AGREEMENT__INIT;
        put.agreement = &agreement;
        agreement.cpv_prefixes = prefixes;
        agreement.n_cpv_prefixes = 2;
        assert_invalid(&put, "agreement.cpvPrefixes[1]", "2 à 8 premiers chiffres");
}

static void test_ranges(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        Tracking__OpenPlacement open = TRACKING__OPEN_PLACEMENT__INIT;
        open.weekly_hours = hours_to(&arena, hours_of_hundredths(4801));
        assert_invalid(&open, "weeklyHours", "du contrat de travail : de 1 à 48 heures.");
        open.weekly_hours->hundredths = 99;
        assert_invalid(&open, "weeklyHours", "du contrat de travail : de 1 à 48 heures.");
        open.weekly_hours->hundredths = 4800;
        assert_sound(&open);

        Tracking__RecordInvoice invoice = TRACKING__RECORD_INVOICE__INIT;
        invoice.amount = money_to(&arena, money_of_cents(0));
        assert_invalid(&invoice, "amount", "0,01 € au moins");
        invoice.amount->cents = INT64_MAX;
        assert_sound(&invoice);

        Contracts__DeclareNeed need = CONTRACTS__DECLARE_NEED__INIT;
        need.positions = 501;
        assert_invalid(&need, "positions", "Corrigez le nombre de postes : de 1 à 500.");
        need.positions = 500;
        assert_sound(&need);

        Directory__Coordinates at = DIRECTORY__COORDINATES__INIT;
        Directory__Organisation organisation = DIRECTORY__ORGANISATION__INIT;
        Directory__PutOrganisation put = DIRECTORY__PUT_ORGANISATION__INIT;
        put.organisation = &organisation;
        organisation.coordinates = &at;
        at.latitude = -90000001;
        assert_invalid(&put, "organisation.coordinates.latitude", "de -90000000 à 90000000");
        at.latitude = -90000000;
        assert_sound(&put);
}

/* A day that is past there is told from the day of who acts. */
static void test_days_of_today(void **state)
{
        (void)state;
        scoped(arena_fini) struct arena arena = {0};
        Tracking__EndPlacement end = TRACKING__END_PLACEMENT__INIT;
        end.ended_on = day_to(&arena, day_of_number(FILL_TODAY + 1));
        assert_invalid(&end, "endedOn", "Corrigez la date de fin du parcours : ce jour est à venir");
        end.ended_on->days = FILL_TODAY;
        assert_sound(&end);

        Tracking__OpenPlacement open = TRACKING__OPEN_PLACEMENT__INIT;
        open.starts_on = day_to(&arena, day_of_number(FILL_TODAY - DAYS_BACK_MAX - 1));
        assert_invalid(&open, "startsOn", "vérifiez l'année");
        open.starts_on->days = FILL_TODAY + DAYS_AHEAD_MAX + 1;
        assert_invalid(&open, "startsOn", "vérifiez l'année");
        open.starts_on->days = FILL_TODAY + DAYS_AHEAD_MAX;
        assert_sound(&open);
}

/* The bytes of a oneof belong to the field that was chosen, and to no other. */
static void test_only_the_chosen_field_is_looked_at(void **state)
{
        (void)state;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        const ProtobufCMessageDescriptor *type = event.base.descriptor;
        scoped(arena_fini) struct arena arena = {0};
        Types__Id bad = TYPES__ID__INIT;
        ProtobufCMessage *body = NULL;

        for (unsigned i = 0; i < type->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &type->fields[i];
                const ProtobufCMessageDescriptor *inner = field->descriptor;
                body = pb_new(inner, &arena);
                *(Types__Id **)(void *)((uint8_t *)body + inner->fields[0].offset) = &bad;
                *(ProtobufCMessage **)(void *)((uint8_t *)&event + field->offset) = body;
                event.body_case = (Contracts__Event__BodyCase)field->id;
                struct refusal refusal = {0};
                assert_false(validate_message(&event.base, today, &refusal));
                assert_non_null(strstr(refusal.field, "."));
        }
        event.body_case = CONTRACTS__EVENT__BODY__NOT_SET;
        assert_valid(&event);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_well_made_messages),
                cmocka_unit_test(test_unknown_fields),
                cmocka_unit_test(test_ids),
                cmocka_unit_test(test_enums),
                cmocka_unit_test(test_texts),
                cmocka_unit_test(test_lists_and_bytes),
                cmocka_unit_test(test_numbers_of_companies),
                cmocka_unit_test(test_mail_addresses),
                cmocka_unit_test(test_days_months_instants),
                cmocka_unit_test(test_shares),
                cmocka_unit_test(test_what_is_missing),
                cmocka_unit_test(test_kinds_of_texts),
                cmocka_unit_test(test_ranges),
                cmocka_unit_test(test_days_of_today),
                cmocka_unit_test(test_only_the_chosen_field_is_looked_at),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
