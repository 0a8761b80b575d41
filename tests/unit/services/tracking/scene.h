/* scene.h: a tracking daemon under test with a small region around it: obligations and organisations that came by
 * events, and one who asks for each role. Built on tests/lib/engine_fixture.h; include after cmocka.h.
 *
 *     cmocka_unit_test_setup_teardown(test_something, scene_open, scene_close)
 *     struct scene *s = *state;
 *
 * It is 2026-10-18, partition 1, territories 31 and 81. scene_close() proves that replaying the log gives the tables.
 */
#ifndef TESTS_UNIT_SERVICES_TRACKING_SCENE_H
#define TESTS_UNIT_SERVICES_TRACKING_SCENE_H

#include "contracts/events.pb-c.h"
#include "directory/events.pb-c.h"
#include "services/tracking/rules/context.h"
#include "services/tracking/dispatch.h"
#include "tests/lib/engine_fixture.h"
#include "tracking/commands.pb-c.h"
#include "tracking/events.pb-c.h"
#include "tracking/queries.pb-c.h"

struct scene {
        struct fixture f; /* first: fixture_close() frees it */
        uint64_t contracts_events, directory_events;
        struct id obligation, unpriced; /* the second has no hourly cost */
        struct id company, other_company, structure, closed, mission_locale;
        Wire__Passport *facilitator, *stranger; /* of 31 and 81; of 75 */
        Wire__Passport *company_user, *other_company_user, *structure_user, *prescriber, *auditor, *coordinator;
        Wire__Passport *buyer, *officer;
};

static const uint8_t scene_master_key[VAULT_KEY_SIZE] = "the master key of the tests....";
static const struct tracking_config scene_config = {
        .territories = "31,81", .rules = "deploy/rules", .documents_mib_max = 64};

enum { SCENE_PARTITION = 1 };

static inline struct day scene_day(int year, int month, int day)
{
        return day_of_civil((struct civil){year, month, day});
}

static inline Types__Day *scene_date(struct scene *s, int year, int month, int day)
{
        return day_to(&s->f.arena, scene_day(year, month, day));
}

static inline Types__Month *scene_month(struct scene *s, int year, int month)
{
        return month_to(&s->f.arena, month_of_day(scene_day(year, month, 1)));
}

static inline Types__Hours *scene_hours(struct scene *s, int64_t hundredths)
{
        return hours_to(&s->f.arena, hours_of_hundredths(hundredths));
}

static inline Types__Id *scene_id(struct scene *s, struct id id)
{
        return id_to(&s->f.arena, id);
}

static inline struct id scene_name(const char *name)
{
        return id_derived(1, slice_of_text(name));
}

/* --- what the other daemons tell --------------------------------------------------------------------------------- */

static inline void scene_feed_contracts(struct scene *s, const Contracts__Event *event)
{
        assert_int_equal(engine_feed(s->f.engine, "contracts-1", ++s->contracts_events, &event->base), 0);
}

static inline void scene_feed_directory(struct scene *s, const Directory__Event *event)
{
        assert_int_equal(engine_feed(s->f.engine, "directory-1", ++s->directory_events, &event->base), 0);
}

/* Its company is told by its SIRET alone; NULL: not at all. */
static inline void scene_obligation_of(struct scene *s, struct id id, int64_t hourly_cost_cents, const char *siret)
{
        char *territories[] = {(char[]){"31"}, (char[]){"32"}};
        Contracts__ObligationRecorded recorded = CONTRACTS__OBLIGATION_RECORDED__INIT;
        recorded.obligation_id = scene_id(s, id);
        recorded.contract_id = scene_id(s, scene_name("contract"));
        recorded.clause_id = scene_id(s, scene_name("clause"));
        recorded.n_territories = ARRAY_SIZE(territories);
        recorded.territories = territories;
        recorded.hourly_cost = hourly_cost_cents == 0 ? NULL : money_to(&s->f.arena, money_of_cents(hourly_cost_cents));
        recorded.labour_share = share_to(&s->f.arena, share_of_millionths(500000));
        if (siret != NULL) {
                recorded.contractor_siret = arena_text(&s->f.arena, siret);
                recorded.contractor_name = arena_text(&s->f.arena, "Peintures du Lauragais");
        }
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        event.body_case = CONTRACTS__EVENT__BODY_OBLIGATION_RECORDED;
        event.obligation_recorded = &recorded;
        scene_feed_contracts(s, &event);
}

static inline void scene_obligation(struct scene *s, struct id id, int64_t hourly_cost_cents)
{
        scene_obligation_of(s, id, hourly_cost_cents, NULL);
}

/* The clause of all obligations keeps its hours for that public (NULL: for all after all). */
static inline void scene_target(struct scene *s, const char *target)
{
        char *targets[] = {(char *)(uintptr_t)target};
        Contracts__Calibration calibration = CONTRACTS__CALIBRATION__INIT;
        Contracts__ClausePut put = CONTRACTS__CLAUSE_PUT__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        calibration.target_publics = targets;
        calibration.n_target_publics = target != NULL;
        put.clause_id = scene_id(s, scene_name("clause"));
        put.contract_id = scene_id(s, scene_name("contract"));
        put.calibration = &calibration;
        event.body_case = CONTRACTS__EVENT__BODY_CLAUSE_PUT;
        event.clause_put = &put;
        scene_feed_contracts(s, &event);
}

/* The contract of all obligations turns out to be a private one of these territories (NULL: a public one after all). */
static inline void scene_private(struct scene *s, const char *territory)
{
        char *territories[] = {(char *)(uintptr_t)territory};
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__ContractOpened opened = CONTRACTS__CONTRACT_OPENED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        record.kind = territory == NULL ? CONTRACTS__CONTRACT_KIND__MARKET : CONTRACTS__CONTRACT_KIND__PRIVATE;
        opened.contract_id = scene_id(s, scene_name("contract"));
        opened.record = &record;
        opened.territories = territories;
        opened.n_territories = territory != NULL;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_OPENED;
        event.contract_opened = &opened;
        scene_feed_contracts(s, &event);
}

/* The kind of that contract is set right. */
static inline void scene_amend(struct scene *s, Contracts__ContractKind kind)
{
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__ContractAmended amended = CONTRACTS__CONTRACT_AMENDED__INIT;
        Contracts__Event event = CONTRACTS__EVENT__INIT;
        record.kind = kind;
        amended.contract_id = scene_id(s, scene_name("contract"));
        amended.record = &record;
        event.body_case = CONTRACTS__EVENT__BODY_CONTRACT_AMENDED;
        event.contract_amended = &amended;
        scene_feed_contracts(s, &event);
}

static inline void scene_organisation_of(struct scene *s, struct id id, Directory__OrganisationKind kind,
                                         const char *name, const char *siret)
{
        Directory__Organisation organisation = DIRECTORY__ORGANISATION__INIT;
        organisation.kind = kind;
        organisation.name = arena_text(&s->f.arena, name);
        organisation.siret = arena_text(&s->f.arena, siret);
        Directory__OrganisationPut put = DIRECTORY__ORGANISATION_PUT__INIT;
        put.organisation_id = scene_id(s, id);
        put.organisation = &organisation;
        Directory__Event event = DIRECTORY__EVENT__INIT;
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_PUT;
        event.organisation_put = &put;
        scene_feed_directory(s, &event);
}

static inline void scene_organisation(struct scene *s, struct id id, Directory__OrganisationKind kind, const char *name)
{
        scene_organisation_of(s, id, kind, name, "");
}

static inline void scene_close_organisation(struct scene *s, struct id id, struct day closed_on)
{
        Directory__OrganisationClosed closed = DIRECTORY__ORGANISATION_CLOSED__INIT;
        closed.organisation_id = scene_id(s, id);
        closed.closed_on = day_to(&s->f.arena, closed_on);
        Directory__Event event = DIRECTORY__EVENT__INIT;
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_CLOSED;
        event.organisation_closed = &closed;
        scene_feed_directory(s, &event);
}

static inline void scene_take_back_organisation(struct scene *s, struct id id)
{
        Directory__OrganisationTakenBack taken_back = DIRECTORY__ORGANISATION_TAKEN_BACK__INIT;
        taken_back.organisation_id = scene_id(s, id);
        Directory__Event event = DIRECTORY__EVENT__INIT;
        event.body_case = DIRECTORY__EVENT__BODY_ORGANISATION_TAKEN_BACK;
        event.organisation_taken_back = &taken_back;
        scene_feed_directory(s, &event);
}

/* --- commands as they should be; a test spoils one field at a time ---------------------------------------------- */

static inline Tracking__ReferBeneficiary *scene_referral(struct scene *s)
{
        Tracking__ReferBeneficiary *command = pb_new(&tracking__refer_beneficiary__descriptor, &s->f.arena);
        command->identity = pb_new(&tracking__identity__descriptor, &s->f.arena);
        command->identity->family_name = arena_text(&s->f.arena, "Quatrebarbes-Essai");
        command->identity->given_name = arena_text(&s->f.arena, "Zéphirine");
        command->identity->born_on = scene_date(s, 1990, 5, 17);
        command->identity->sex = TRACKING__SEX__WOMAN;
        command->identity->phone = arena_text(&s->f.arena, "06 39 98 71 43");
        command->identity->email = arena_text(&s->f.arena, "zephirine@essai.example");
        command->identity->commune = arena_text(&s->f.arena, "31555");
        command->territory = arena_text(&s->f.arena, "31");
        return command;
}

static inline struct id scene_refer(struct scene *s)
{
        const Tracking__ReferBeneficiaryReply *reply =
                fixture_get(&s->f, s->prescriber, "ReferBeneficiary", scene_referral(s));
        return id_of(reply->beneficiary_id);
}

static inline Tracking__DecideEligibility *scene_decision(struct scene *s, struct id person)
{
        Tracking__DecideEligibility *command = pb_new(&tracking__decide_eligibility__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->public_code = arena_text(&s->f.arena, "B_RSA");
        command->proof_code = arena_text(&s->f.arena, "ATTESTATION_RSA");
        command->proof_dated = scene_date(s, 2026, 1, 20);
        command->valid_from = command->decided_on = scene_date(s, 2026, 2, 1);
        command->eligible = true;
        return command;
}

static inline struct id scene_eligible_person(struct scene *s)
{
        struct id person = scene_refer(s);
        (void)fixture_get(&s->f, s->facilitator, "DecideEligibility", scene_decision(s, person));
        return person;
}

/* Referred by a facilitator himself, for nobody else. */
static inline struct id scene_refer_own(struct scene *s)
{
        Tracking__ReferBeneficiary *command = scene_referral(s);
        const Tracking__ReferBeneficiaryReply *reply = fixture_get(&s->f, s->facilitator, "ReferBeneficiary", command);
        return id_of(reply->beneficiary_id);
}

/* Another account of the same territories. */
static inline Wire__Passport *scene_colleague(struct scene *s)
{
        Wire__Passport *colleague = fixture_actor(&s->f, TYPES__ROLE__FACILITATOR, NULL, "31 81");
        colleague->user = arena_text(&s->f.arena, "collègue");
        return colleague;
}

static inline const Tracking__EligibilityView *scene_eligibility(struct scene *s, const Wire__Passport *actor,
                                                                 struct id person)
{
        Tracking__EligibilityById query = TRACKING__ELIGIBILITY_BY_ID__INIT;
        query.beneficiary_id = scene_id(s, person);
        return fixture_get(&s->f, actor, "EligibilityById", &query);
}

static inline const Tracking__BeneficiaryFile *scene_file(struct scene *s, struct id person)
{
        Tracking__OpenBeneficiaryFile opening = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
        opening.beneficiary_id = scene_id(s, person);
        opening.reason = arena_text(&s->f.arena, "relecture du dossier complet");
        opening.reason_code = arena_text(&s->f.arena, "ELIGIBILITY");
        return fixture_get(&s->f, s->facilitator, "OpenBeneficiaryFile", &opening);
}

static inline Tracking__OpenPlacement *scene_opening(struct scene *s, struct id person)
{
        Tracking__OpenPlacement *command = pb_new(&tracking__open_placement__descriptor, &s->f.arena);
        command->beneficiary_id = scene_id(s, person);
        command->obligation_id = scene_id(s, s->obligation);
        command->modality = TYPES__MODALITY__STAFF_PROVIDED;
        command->employer = scene_id(s, s->structure);
        command->host_company = scene_id(s, s->company);
        command->tutor = arena_text(&s->f.arena, "M. Tuteur");
        command->referent = arena_text(&s->f.arena, "Mme Référente");
        command->starts_on = scene_date(s, 2026, 3, 10);
        command->weekly_hours = scene_hours(s, 3500);
        command->rome_code = arena_text(&s->f.arena, "F1703");
        command->work_contract = arena_text(&s->f.arena, "CDDI");
        return command;
}

static inline struct id scene_open_placement(struct scene *s, const Tracking__OpenPlacement *command)
{
        const Tracking__OpenPlacementReply *reply = fixture_get(&s->f, s->facilitator, "OpenPlacement", command);
        return id_of(reply->placement_id);
}

static inline struct id scene_placement(struct scene *s)
{
        return scene_open_placement(s, scene_opening(s, scene_eligible_person(s)));
}

static inline Tracking__SubmitHours *scene_submission(struct scene *s, struct id placement, int month,
                                                      int64_t hundredths)
{
        Tracking__SubmitHours *command = pb_new(&tracking__submit_hours__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->month = scene_month(s, 2026, month);
        command->hours = scene_hours(s, hundredths);
        return command;
}

static inline void scene_submit(struct scene *s, struct id placement, int month, int64_t hundredths)
{
        (void)fixture_get(&s->f, s->company_user, "SubmitHours", scene_submission(s, placement, month, hundredths));
}

static inline Tracking__ValidateHours *scene_validation(struct scene *s, struct id placement, int month)
{
        Tracking__ValidateHours *command = pb_new(&tracking__validate_hours__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->month = scene_month(s, 2026, month);
        return command;
}

static inline Tracking__EndPlacement *scene_end(struct scene *s, struct id placement)
{
        Tracking__EndPlacement *command = pb_new(&tracking__end_placement__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->ended_on = scene_date(s, 2026, 9, 30);
        command->outcome = TRACKING__OUTCOME__DURABLE_JOB;
        command->reason = arena_text(&s->f.arena, "embauche en CDI chez Confidences SARL");
        return command;
}

static inline const Tracking__PlacementView *scene_view(struct scene *s, struct id placement)
{
        Tracking__PlacementById query = TRACKING__PLACEMENT_BY_ID__INIT;
        query.placement_id = scene_id(s, placement);
        return fixture_get(&s->f, s->facilitator, "PlacementById", &query);
}

/* A key again, another, for somebody whose key a test has destroyed: verify would miss it. */
static inline void scene_key_again(struct scene *s, struct id id)
{
        vault_make_key(engine_vault(s->f.engine), id);
        assert_int_equal(vault_flush(engine_vault(s->f.engine), NULL), 0);
}

/* --- what it tells ----------------------------------------------------------------------------------------------- */

static inline struct slice scene_published(struct scene *s, uint64_t after)
{
        return engine_events_after(s->f.engine, after, 0, &s->f.arena);
}

/* The last event as it is published. */
static inline const Tracking__Event *scene_last_event(struct scene *s)
{
        return fixture_event(&s->f, engine_position(s->f.engine));
}

/* --- the scene itself --------------------------------------------------------------------------------------------- */

static inline void scene_region(struct scene *s)
{
        s->obligation = scene_name("obligation");
        s->unpriced = scene_name("obligation without a price");
        scene_obligation(s, s->obligation, 3000);
        scene_obligation(s, s->unpriced, 0);
        s->company = scene_name("company");
        s->other_company = scene_name("other company");
        s->structure = scene_name("structure");
        s->closed = scene_name("closed");
        s->mission_locale = scene_name("mission locale");
        scene_organisation(s, s->company, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, "Bâtisseurs réunis");
        scene_organisation(s, s->structure, DIRECTORY__ORGANISATION_KIND__EI, "Entreprise d'insertion du Lauragais");
        scene_organisation(s, s->closed, DIRECTORY__ORGANISATION_KIND__EI, "Ancienne entreprise");
        scene_close_organisation(s, s->closed, scene_day(2026, 1, 31));
        scene_organisation(s, s->mission_locale, DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE, "Mission locale");
}

static inline int scene_open_as(void **state, const struct tracking_config *config, uint32_t partition)
{
        struct scene *s = calloc(1, sizeof(*s));
        struct fixture *f = &s->f;
        assert_non_null(s);
        f->world = world_seeded(20261018 + partition, FIXTURE_NOW_MS);
        f->spec = &tracking_spec;
        f->config = config;
        f->partition = partition;
        f->master_key = scene_master_key;
        (void)snprintf(f->directory, sizeof(f->directory), "/tmp/guichet-test-XXXXXX");
        assert_non_null(mkdtemp(f->directory));
        fixture_open_engine(f);
        scene_region(s);
        s->facilitator = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "31 81");
        s->stranger = fixture_actor(f, TYPES__ROLE__FACILITATOR, NULL, "75");
        s->company_user = fixture_actor(f, TYPES__ROLE__COMPANY, &s->company, "");
        s->other_company_user = fixture_actor(f, TYPES__ROLE__COMPANY, &s->other_company, "");
        s->structure_user = fixture_actor(f, TYPES__ROLE__STRUCTURE, &s->structure, "");
        s->prescriber = fixture_actor(f, TYPES__ROLE__PRESCRIBER, &s->mission_locale, "31");
        s->auditor = fixture_actor(f, TYPES__ROLE__AUDITOR, NULL, "*");
        s->coordinator = fixture_actor(f, TYPES__ROLE__COORDINATOR, NULL, "*");
        s->officer = fixture_actor(f, TYPES__ROLE__DATA_PROTECTION, NULL, "31");
        s->buyer = fixture_actor(f, TYPES__ROLE__BUYER, &s->other_company, "*");
        *state = s;
        return 0;
}

static inline int scene_open(void **state)
{
        return scene_open_as(state, &scene_config, SCENE_PARTITION);
}

static inline int scene_close(void **state)
{
        return fixture_close(state);
}

#endif
