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

/* What is reserved, and nothing that a reserved holder cannot do. */
static void test_what_is_reserved(void **state)
{
        (void)state;
        items()->lever = LEVER(RESERVED_LEVER);
        items()->reservation = RESERVATION(TO_INTEGRATION);
        says("le marché « Réfection de l'école », passé par Ville d'essai, est réservé aux structures d'insertion");
        wording.lot = "lot n° 2 (Peinture)";
        says("le lot n° 2 (Peinture) du marché « Réfection de l'école », passé par Ville d'essai, est réservé");
        says("pour l'exécution du lot n° 2 (Peinture) du marché");
        for (int piece = CONTRACTS__DRAFT_PIECE__RC; piece <= CONTRACTS__DRAFT_PIECE__AE; piece++) {
                wording.piece = (Contracts__DraftPiece)piece;
                does_not_say("l'embauche directe");
                does_not_say("mise à disposition de personnes");
                does_not_say("Modalités");
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
        says("Le volume dû est arrêté après chaque facture");
        does_not_say("833"); /* what the buyer expects to spend would follow from it */
        wording.piece = CONTRACTS__DRAFT_PIECE__AE;
        says("s'engage à faire réaliser une heure par tranche pleine de 900\u00a0€");
        does_not_say("833");
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

static void test_how_an_invoice_turns_into_hours(void **state)
{
        Contracts__Calibration *calibration = (Contracts__Calibration *)(uintptr_t)wording.calibration;
        (void)state;
        says("un nombre d'heures égal à : montant facturé hors taxes × 50\u00a0% (part de main-d'œuvre) ÷ 30\u00a0€");
        calibration->hourly_cost = NULL;
        does_not_say("un nombre d'heures égal à");
}

/* ---- what is the buyer's own */

/* An estimate that is recognised wherever it is told: 1 234 567,89 € × 47,11 % × 7,77 % ÷ 31 €. */
static void put_recognisable(Contracts__Calibration *calibration, Contracts__CalibrationMethod method)
{
        calibration->method = method;
        calibration->amount = money_to(&arena, money_of_cents(123456789));
        calibration->labour_share = share_to(&arena, share_of_millionths(471100));
        calibration->insertion_rate = share_to(&arena, share_of_millionths(77700));
        calibration->hourly_cost = money_to(&arena, money_of_cents(3100));
        calibration->amount_per_hour = money_to(&arena, money_of_cents(90000));
        calibration->trigger = money_to(&arena, money_of_cents(4242400));
        calibration->total_hours = hours_to(&arena, hours_of_hundredths(6543200));
        calibration->chosen_hours = hours_to(&arena, hours_of_hundredths(145700));
        wording.hours = hours_to(&arena, hours_of_hundredths(145700));
}

/* Figures as they are told have narrow spaces: found without them. */
static bool tells(const char *text, const char *digits)
{
        char *bare = arena_text(&arena, text), *to = bare;
        for (const char *from = text; *from != '\0';) {
                if (strncmp(from, "\u202f", 3) == 0)
                        from += 3;
                else if (strncmp(from, "\u00a0", 2) == 0)
                        from += 2;
                else
                        *to++ = *from++;
        }
        *to = '\0';
        return strstr(bare, digits) != NULL;
}

static void tells_nothing_of_the_estimate(void)
{
        static const char *const secrets[] = {"1234567", "123456", "7,77", "65432"};
        const char *text = make().text;
        for (size_t i = 0; i < ARRAY_SIZE(secrets); i++)
                if (tells(text, secrets[i]))
                        fail_msg("tells %s:\n%s", secrets[i], text);
        if (wording.calibration->method == CONTRACTS__CALIBRATION_METHOD__PER_INVOICED && tells(text, "1457"))
                fail_msg("tells how much the buyer expects to be invoiced:\n%s", text);
}

/* Everything that there is to choose, in all pieces that are published. */
static void test_no_public_piece_tells_the_estimate(void **state)
{
        (void)state;
        items()->criterion_weight = share_to(&arena, share_of_millionths(100000));
        items()->reservation = RESERVATION(TO_DISABILITY);
        items()->penalty_per_hour = money_to(&arena, money_of_cents(20000));
        items()->penalty_per_day = money_to(&arena, money_of_cents(7500));
        for (size_t i = 0; i < wording.library->n_pieces; i++)
                for (int choice = 0; choice < 2 * 4 * 5; choice++) {
                        if (wording.library->pieces[i]->internal)
                                continue;
                        wording.piece = wording.library->pieces[i]->piece;
                        wording.kind = (Contracts__ContractKind)(1 + choice % 2);
                        items()->lever = (Contracts__DraftLever)(1 + choice / 2 % 4);
                        put_recognisable((Contracts__Calibration *)(uintptr_t)wording.calibration,
                                         (Contracts__CalibrationMethod)(1 + choice / 8));
                        tells_nothing_of_the_estimate();
                }
}

static void test_the_note_tells_all_of_it(void **state)
{
        Contracts__CalibrateReply *result = pb_new(&contracts__calibrate_reply__descriptor, &arena);
        (void)state;
        put_recognisable((Contracts__Calibration *)(uintptr_t)wording.calibration,
                         CONTRACTS__CALIBRATION_METHOD__FORMULA);
        result->calibration = (Contracts__Calibration *)(uintptr_t)wording.calibration;
        result->hours = result->exact = (Types__Hours *)(uintptr_t)wording.hours;
        wording.estimate = result;
        wording.piece = CONTRACTS__DRAFT_PIECE__NOTE;
        assert_true(wording_is_internal(wording.library, wording.piece));
        const char *text = make().text;
        assert_true(tells(text, "1234567,89€×47,11%×7,77%÷31€") || tells(text, "1234567,89€ × 47,11% × 7,77% ÷ 31€"));
        says("elle n'est jointe ni aux documents de la consultation ni au contrat");
        says("Note à l'acheteur : calcul du volume d'heures d'insertion\n");
        does_not_say("Elle est une condition d'exécution");
        does_not_say("À examiner avant de publier"); /* nothing is odd */
}

/* A library that would publish it does not let the daemon start. */
static void test_a_library_that_publishes_the_estimate(void **state)
{
        static const char *const secrets[] = {"estimate", "expected_hours", "calculation",
                                              "figures",  "equivalents",    "warnings"};
        (void)state;
        for (size_t i = 0; i < wording.library->n_paragraphs; i++) {
                Contracts__ClauseParagraph *paragraph = wording.library->paragraphs[i];
                bool is_note = paragraph->n_pieces == 1 && paragraph->pieces[0] == CONTRACTS__DRAFT_PIECE__NOTE;
                char *line = paragraph->lines[0];
                for (size_t j = 0; j < ARRAY_SIZE(secrets); j++) {
                        struct err_info info = {0};
                        paragraph->lines[0] = arena_printf(&arena, "%s {{%s}}", line, secrets[j]);
                        assert_int_equal(wording_check(&library, &info), is_note ? 0 : ERR_CONFIG);
                        if (!is_note)
                                assert_non_null(strstr(info.text, "the buyer's own"));
                }
                paragraph->lines[0] = line;
        }
}

static void test_hours_that_follow_invoices_are_not_published(void **state)
{
        (void)state;
        struct err_info info = {0};
        Contracts__ClauseParagraph *paragraph = wording.library->paragraphs[wording.library->n_paragraphs - 1];
        char *line = paragraph->lines[0], hours[] = "Au moins {{hours}}.";
        paragraph->lines[0] = hours; /* of every method */
        assert_int_equal(wording_check(&library, &info), ERR_CONFIG);
        paragraph->lines[0] = line;
        assert_int_equal(wording_check(&library, &info), 0);
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
                TEST(test_what_is_reserved),
                TEST(test_modalities),
                TEST(test_penalties),
                TEST(test_hours_that_follow_invoices),
                TEST(test_targets),
                TEST(test_a_lot),
                TEST(test_numbered_headings_and_what_is_to_confirm),
                TEST(test_how_an_invoice_turns_into_hours),
                TEST(test_no_public_piece_tells_the_estimate),
                TEST(test_the_note_tells_all_of_it),
                TEST(test_a_library_that_publishes_the_estimate),
                TEST(test_hours_that_follow_invoices_are_not_published),
                TEST(test_every_combination),
                TEST(test_the_library_is_checked),
        };
        return cmocka_run_group_tests(tests, load, unload);
}
