/* Pieces in words: what stands in which, for each kind of contract, lever, method, modality. */
#include "tests/unit/services/contracts/drafting/drafting_fixture.h"

#include "services/contracts/drafting/wording.h"

#define LEVER(NAME)       CONTRACTS__DRAFT_LEVER__##NAME
#define KIND(NAME)        CONTRACTS__CONTRACT_KIND__##NAME
#define RESERVATION(NAME) CONTRACTS__DRAFT_RESERVATION__##NAME

static struct arena arena;
static struct dated library;
static struct publics publics;
static struct wording wording;

static int load(void **state)
{
        struct err_info info = {0};
        (void)state;
        int err = dated_load("deploy/rules", "clause_texts", &contracts__clause_library__descriptor, &library, &info);
        return err != 0 ? err : publics_open("deploy/rules", &publics, &info);
}

static int unload(void **state)
{
        (void)state;
        publics_close(&publics);
        dated_fini(&library);
        return 0;
}

/* A market of 833 hours by the formula, as a condition of execution. */
static int begin(void **state)
{
        (void)state;
        arena_init(&arena);
        Contracts__Calibration *calibration = pb_new(&contracts__calibration__descriptor, &arena);
        calibration->amount = money_to(&arena, money_of_cents(100000000));
        calibration->labour_share = share_to(&arena, share_of_millionths(500000));
        calibration->insertion_rate = share_to(&arena, share_of_millionths(50000));
        calibration->hourly_cost = money_to(&arena, money_of_cents(3000));
        wording = (struct wording){
                .library = dated_on(&library, day_of_civil((struct civil){2026, 11, 1})),
                .publics = &publics,
                .items = complete_items(&arena),
                .calibration = calibration,
                .hours = hours_to(&arena, hours_of_hundredths(83300)),
                .kind = KIND(MARKET),
                .piece = CONTRACTS__DRAFT_PIECE__CCAP,
                .buyer = "Ville d'essai",
                .object = "Réfection de l'école",
        };
        return 0;
}

static int end(void **state)
{
        (void)state;
        arena_fini(&arena);
        return 0;
}

static Contracts__DraftItems *items(void)
{
        return (Contracts__DraftItems *)(uintptr_t)wording.items;
}

static struct worded make(void)
{
        struct worded worded;
        struct refusal refusal;
        if (!wording_make(&wording, &arena, &worded, &refusal))
                fail_msg("%s: %s", refusal.field, refusal.text);
        assert_null(strstr(worded.text, "{{"));
        assert_null(strstr(worded.text, "}}"));
        return worded;
}

static void says(const char *what)
{
        struct worded worded = make();
        if (strstr(worded.text, what) == NULL)
                fail_msg("does not say « %s »:\n%s", what, worded.text);
}

static void does_not_say(const char *what)
{
        struct worded worded = make();
        if (strstr(worded.text, what) != NULL)
                fail_msg("says « %s »:\n%s", what, worded.text);
}

static void test_the_four_mandatory_items(void **state)
{
        static const Contracts__DraftPiece pieces[] = {CONTRACTS__DRAFT_PIECE__RC, CONTRACTS__DRAFT_PIECE__CCAP,
                                                       CONTRACTS__DRAFT_PIECE__AE};
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(pieces); i++) {
                wording.piece = pieces[i];
                says("travaux de peinture intérieure");
                says("Camille Exemple, Maison de l'emploi, téléphone : 05 00 00 00 00.");
                says("- Allocataire du RSA ou ayant droit, en recherche d'emploi ;\n- Habitant d'un quartier");
                says("833\u00a0h d'insertion");
        }
}

static void test_market_concession_private(void **state)
{
        static const struct {
                Contracts__ContractKind kind;
                const char *basis, *holder;
        } cases[] = {
                {KIND(MARKET), "articles L. 2112-2 à L. 2112-4", "le titulaire choisit librement"},
                {KIND(CONCESSION), "articles L. 3114-2 et L. 3114-3", "le concessionnaire choisit librement"},
                {KIND(PRIVATE), "Par la volonté du maître d'ouvrage", "le titulaire choisit librement"},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                wording.kind = cases[i].kind;
                says(cases[i].basis);
                says(cases[i].holder);
        }
        does_not_say("code de la commande publique"); /* of a private contract */
        wording.kind = KIND(CONTRACT_KIND_UNKNOWN);
        struct worded worded;
        struct refusal refusal;
        assert_false(wording_make(&wording, &arena, &worded, &refusal));
        assert_string_equal(refusal.field, "contractId");
}

static void test_criterion(void **state)
{
        (void)state;
        wording.piece = CONTRACTS__DRAFT_PIECE__RC;
        does_not_say("critère d'attribution");
        items()->lever = LEVER(BOTH_LEVERS);
        items()->criterion_weight = share_to(&arena, share_of_millionths(100000));
        says("pondéré à 10\u00a0% de la note totale");
        says("condition d'exécution");
        does_not_say("se décompose ainsi");
        (void)add_subcriterion(items(), "Tutorat", 60000, &arena);
        (void)add_subcriterion(items(), "Formation", 40000, &arena);
        says("- Tutorat : 6\u00a0% ;\n- Formation : 4\u00a0%.");
        items()->lever = LEVER(CRITERION_LEVER);
        does_not_say("Elle est une condition d'exécution");
        says("le candidat peut proposer davantage");
        wording.piece = CONTRACTS__DRAFT_PIECE__CCAP;
        says("Engagements pris dans l'offre");
        says("le volume d'heures qu'il a proposé dans son offre");
}

static void test_reserved(void **state)
{
        static const struct {
                Contracts__DraftReservation reservation;
                const char *market, *concession; /* NULL: not admitted */
        } cases[] = {
                {RESERVATION(TO_DISABILITY), "L. 2113-12 et R. 2113-7", "L. 3113-1 et R. 3113-1"},
                {RESERVATION(TO_INTEGRATION), "L. 2113-13 et R. 2113-7", "L. 3113-2 et R. 3113-1"},
                {RESERVATION(TO_DISABILITY_AND_INTEGRATION), "L. 2113-12 à L. 2113-14", NULL},
                {RESERVATION(TO_PRISON), "L. 2113-13-1", "L. 3113-2-1"},
                {RESERVATION(TO_SOCIAL_ECONOMY), "L. 2113-15, L. 2113-16 et R. 2113-8", NULL},
        };
        (void)state;
        items()->lever = LEVER(RESERVED_LEVER);
        for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
                items()->reservation = cases[i].reservation;
                wording.kind = KIND(MARKET);
                says(cases[i].market);
                wording.kind = KIND(CONCESSION);
                if (cases[i].concession != NULL) {
                        says(cases[i].concession);
                        continue;
                }
                struct worded worded;
                struct refusal refusal;
                assert_false(wording_make(&wording, &arena, &worded, &refusal));
                assert_string_equal(refusal.field, "items.reservation");
        }
}

static void test_modalities(void **state)
{
        Types__Modality only[] = {TYPES__MODALITY__SUBCONTRACTING};
        (void)state;
        says("- l'embauche directe");
        says("- la mise à disposition");
        says("- la sous-traitance");
        items()->modalities = only;
        items()->n_modalities = 1;
        does_not_say("- l'embauche directe");
        says("- la sous-traitance");
        says("Un sous-traitant est déclaré et accepté");
        only[0] = TYPES__MODALITY__DIRECT_HIRE;
        does_not_say("Un sous-traitant est déclaré");
}

static void test_penalties(void **state)
{
        (void)state;
        does_not_say("une pénalité de");
        says("Aucune pénalité n'est appliquée sans que");
        items()->penalty_per_hour = money_to(&arena, money_of_cents(20000));
        says("une pénalité de 200\u00a0€ par heure manquante");
        does_not_say("par jour de retard");
        items()->penalty_per_day = money_to(&arena, money_of_cents(7500));
        says("75\u00a0€ par jour de retard");
        wording.piece = CONTRACTS__DRAFT_PIECE__RC;
        does_not_say("pénalité");
}

static void test_hours_that_follow_invoices(void **state)
{
        Contracts__Calibration *calibration = (Contracts__Calibration *)(uintptr_t)wording.calibration;
        (void)state;
        says("fait réaliser au moins 833");
        calibration->method = CONTRACTS__CALIBRATION_METHOD__PER_INVOICED;
        calibration->amount_per_hour = money_to(&arena, money_of_cents(90000));
        says("une heure par tranche pleine de 900\u00a0€ facturée");
        says("il est estimé à 833");
        does_not_say("fait réaliser au moins 833");
}

static void test_targets(void **state)
{
        char *codes[] = {(char *)"B_QPV"};
        Contracts__Calibration *calibration = (Contracts__Calibration *)(uintptr_t)wording.calibration;
        (void)state;
        does_not_say("sont réservées, parmi ces publics");
        calibration->target_publics = codes;
        calibration->n_target_publics = 1;
        says("sont réservées, parmi ces publics, aux situations suivantes :\n- Habitant d'un quartier prioritaire");
}

static void test_a_lot(void **state)
{
        (void)state;
        says("L'action d'insertion porte sur l'ensemble du marché :");
        wording.lot = "lot n° 2 (Peinture)";
        says("L'action d'insertion porte sur le lot n° 2 (Peinture) :");
}

static void test_numbered_headings_and_what_is_to_confirm(void **state)
{
        (void)state;
        struct worded worded = make();
        assert_string_equal(worded.title, "Cahier des clauses administratives particulières : insertion sociale");
        assert_non_null(strstr(worded.text, "\n1. Objet de la clause sociale d'insertion\n"));
        assert_non_null(strstr(worded.text, "\n2. Périmètre de l'action\n"));
        assert_int_equal(worded.to_confirm_count, 1); /* which hours count: no verified source */
        assert_non_null(strstr(worded.to_confirm[0], "Volume d'heures (à confirmer"));
        wording.piece = CONTRACTS__DRAFT_PIECE__DRAFT_PIECE_UNKNOWN;
        struct refusal refusal;
        assert_false(wording_make(&wording, &arena, &worded, &refusal));
        assert_string_equal(refusal.field, "piece");
}

/* Whatever is chosen, a piece can be made of it, and no field is left open. */
static void test_every_combination(void **state)
{
        (void)state;
        items()->criterion_weight = share_to(&arena, share_of_millionths(100000));
        items()->reservation = RESERVATION(TO_DISABILITY);
        for (int piece = 1; piece <= 3; piece++)
                for (int kind = 1; kind <= 2; kind++)
                        for (int lever = 1; lever <= 4; lever++) {
                                wording.piece = (Contracts__DraftPiece)piece;
                                wording.kind = (Contracts__ContractKind)kind;
                                items()->lever = (Contracts__DraftLever)lever;
                                assert_non_null(strstr(make().text, "833"));
                        }
}

static void test_the_library_is_checked(void **state)
{
        struct err_info info = {0};
        (void)state;
        assert_int_equal(wording_check(&library, &info), 0);
        Contracts__ClauseParagraph *paragraph = wording.library->paragraphs[3];
        char *line = paragraph->lines[0], wrong[] = "Le {{titulaire}} s'engage.", *field = (char *)"perimetre";
        paragraph->lines[0] = wrong;
        assert_int_equal(wording_check(&library, &info), ERR_CONFIG);
        assert_non_null(strstr(info.text, "paragraphs[3]"));
        paragraph->lines[0] = line;
        paragraph->fields = &field;
        paragraph->n_fields = 1;
        assert_int_equal(wording_check(&library, &info), ERR_CONFIG);
        paragraph->n_fields = 0;
        size_t count = paragraph->n_lines;
        paragraph->n_lines = 0;
        assert_int_equal(wording_check(&library, &info), ERR_CONFIG);
        paragraph->n_lines = count;
        assert_int_equal(wording_check(&library, &info), 0);
}

#define TEST(NAME) cmocka_unit_test_setup_teardown(NAME, begin, end)

int main(void)
{
        const struct CMUnitTest tests[] = {
                TEST(test_the_four_mandatory_items),
                TEST(test_market_concession_private),
                TEST(test_criterion),
                TEST(test_reserved),
                TEST(test_modalities),
                TEST(test_penalties),
                TEST(test_hours_that_follow_invoices),
                TEST(test_targets),
                TEST(test_a_lot),
                TEST(test_numbered_headings_and_what_is_to_confirm),
                TEST(test_every_combination),
                TEST(test_the_library_is_checked),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
