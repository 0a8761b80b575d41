#include "tests/lib/region.h"
#include "common/base/local_time.h"

#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/siret.h"
#include "common/codec/catalogue.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "contracts/commands.pb-c.h"
#include "directory/commands.pb-c.h"
#include "accounts/commands.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "tests/lib/fill.h"
#include "tests/lib/harness.h"
#include "tracking/commands.pb-c.h"

/* Of a hundred obligations so many. */
enum { OF_ONE_CONTRACT = 2, PEOPLE = 10, NEEDS = 10, ORGANISATIONS = 10, USERS = 2, FOLLOW_EVERY = 2000 };

static const char BUYER[] = "21310555400017", COMPANY[] = "35600000000048";

static struct id company, buyer, prescriber; /* whose lists are long */
uint64_t region_asked_us;

struct region {
        struct plausible *pool;
        struct day today;
        struct arena *arena; /* of one turn */
};

static char *text(const char *literal)
{
        return (char *)(uintptr_t)literal;
}

/* ---- asking */

struct asking {
        const char *method;
        const ProtobufCMethodDescriptor *descriptor;
        struct daemon *daemon;
        Types__Role role;
};

static const struct id *organisation_of(Types__Role role);

static const ProtobufCMessage *ask(const struct asking *asking, const void *request, struct arena *arena,
                                   const Types__Refusal **ret_refusal)
{
        const Wire__Reply *reply = NULL;
        struct slice passport = daemons_passport(asking->role, organisation_of(asking->role), arena);
        struct slice frame = daemons_frame(asking->method, passport, pb_encode(request, arena), arena);
        daemons_world.now_ms_value++;
        uint64_t before_us = harness_now_us();
        require(daemon_ask(asking->daemon, frame, arena, &reply) == 0);
        region_asked_us = harness_now_us() - before_us;
        daemons_check_reply(reply);
        *ret_refusal = reply->outcome_case == WIRE__REPLY__OUTCOME_REFUSAL ? reply->refusal : NULL;
        return *ret_refusal != NULL ? NULL : pb_decode(asking->descriptor->output, pb_slice(reply->body), arena);
}

static const void *tell(struct region *region, Types__Role role, const char *method, const void *request)
{
        const Types__Refusal *refusal;
        struct catalogue_method found;
        require(catalogue_method(method, &found));
        version_seen_any(request);
        const ProtobufCMessage *reply =
                ask(&(struct asking){method, found.method, daemon_named(found.service->name), role}, request,
                    region->arena, &refusal);
        if (reply == NULL)
                harness_fail("%s: %s: %s", method, refusal->field, refusal->text);
        plausible_learn(region->pool, reply);
        return reply;
}

/* ---- the directory */

static struct id put_organisation(struct region *region, const char *siret, Directory__OrganisationKind kind, size_t n)
{
        static const char *const territories[] = {"31", "09", "12", "30", "34"};
        Directory__Organisation organisation = DIRECTORY__ORGANISATION__INIT;
        Directory__PutOrganisation put = DIRECTORY__PUT_ORGANISATION__INIT;
        organisation.siret = text(siret);
        organisation.kind = kind;
        organisation.name = arena_printf(region->arena, "Organisation %zu", n);
        organisation.territory = text(territories[n % ARRAY_SIZE(territories)]);
        organisation.source = text("essai");
        organisation.source_id = organisation.name;
        put.organisation = &organisation;
        const Directory__PutOrganisationReply *reply =
                tell(region, TYPES__ROLE__OPERATOR, "directory.PutOrganisation", &put);
        return id_of(reply->organisation_id);
}

static void put_organisations(struct region *region, size_t count)
{
        static const Directory__OrganisationKind kinds[] = {
                DIRECTORY__ORGANISATION_KIND__ACI, DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE,
                DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, DIRECTORY__ORGANISATION_KIND__ETTI};
        buyer = put_organisation(region, BUYER, DIRECTORY__ORGANISATION_KIND__PUBLIC_BUYER, 0);
        company = put_organisation(region, COMPANY, DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, 0);
        (void)put_organisation(region, "73282932000074", DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY, 1);
        prescriber = put_organisation(region, "", DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE, 0);
        for (size_t i = 1; i < count; i++) {
                struct arena arena scoped(arena_fini) = {0};
                region->arena = &arena;
                (void)put_organisation(region, "", kinds[i / 5 % ARRAY_SIZE(kinds)], i);
        }
}

/* ---- contracts */

static const Types__Id *import_contract(struct region *region, size_t n)
{
        static const char *const communes[] = {"31555", "09122", "12202", "30189", "34172"};
        static const Contracts__SocialConsideration social = CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE;
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__Place place = CONTRACTS__PLACE__INIT;
        Contracts__ImportContract import = CONTRACTS__IMPORT_CONTRACT__INIT;
        char siret[SIRET_DIGITS + 1];
        siret_make(21310000, (uint32_t)(n % 500), siret);
        place.code = text(communes[n % ARRAY_SIZE(communes)]);
        place.kind = CONTRACTS__PLACE_KIND__COMMUNE;
        record.kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record.format = CONTRACTS__RECORD_FORMAT__DECP_2022;
        record.number = arena_printf(region->arena, "R-%zu", n);
        record.buyer_siret = arena_text(region->arena, n % 10 == 0 ? BUYER : siret);
        record.buyer_name = text("Commune d'essai");
        record.object = arena_printf(region->arena, "Entretien des espaces verts, secteur %zu", n);
        record.cpv = text("77310000");
        record.place = &place;
        record.duration_months = 12 + (uint32_t)(n % 5) * 12;
        record.notified_on = day_to(region->arena, day_of_number(day_number(region->today) - 30 - (int)(n % 900)));
        record.amount = money_to(region->arena, money_of_cents(50000000 + (int64_t)n));
        record.social = (Contracts__SocialConsideration *)(uintptr_t)&social;
        record.n_social = 1;
        import.record = &record;
        const Contracts__ImportContractReply *reply =
                tell(region, TYPES__ROLE__OPERATOR, "contracts.ImportContract", &import);
        return reply->contract_id;
}

static const Types__Id *put_clause(struct region *region, const Types__Id *contract)
{
        Contracts__Calibration calibration = CONTRACTS__CALIBRATION__INIT;
        Contracts__PutClause put = CONTRACTS__PUT_CLAUSE__INIT;
        Contracts__PutControlPlan plan = CONTRACTS__PUT_CONTROL_PLAN__INIT;
        calibration.amount = money_to(region->arena, money_of_cents(500000000));
        calibration.labour_share = share_to(region->arena, share_of_millionths(700000));
        calibration.insertion_rate = share_to(region->arena, share_of_millionths(100000));
        calibration.hourly_cost = money_to(region->arena, money_of_cents(3000));
        put.contract_id = (Types__Id *)(uintptr_t)contract;
        put.lot = 1;
        put.calibration = &calibration;
        const Contracts__PutClauseReply *reply = tell(region, TYPES__ROLE__FACILITATOR, "contracts.PutClause", &put);
        plan.clause_id = reply->clause_id;
        (void)tell(region, TYPES__ROLE__FACILITATOR, "contracts.PutControlPlan", &plan);
        return reply->clause_id;
}

static struct id record_obligation(struct region *region, const Types__Id *clause, size_t n)
{
        Contracts__RecordObligation record = CONTRACTS__RECORD_OBLIGATION__INIT;
        char siret[SIRET_DIGITS + 1];
        siret_make(13002526, (uint32_t)(n % 5000), siret);
        record.clause_id = (Types__Id *)(uintptr_t)clause;
        record.contractor_siret = arena_text(region->arena, n % 20 == 0 ? COMPANY : siret);
        record.contractor_name = text("Jardins du Midi");
        record.contractor_organisation = n % 20 == 0 ? id_to(region->arena, company) : NULL;
        record.hours = hours_to(region->arena, hours_of_hundredths(10000 + (int64_t)(n % 400) * 100));
        const Contracts__RecordObligationReply *reply =
                tell(region, TYPES__ROLE__FACILITATOR, "contracts.RecordObligation", &record);
        return id_of(reply->obligation_id);
}

static void record_counted(struct region *region, const Types__Id *contract, size_t n)
{
        static const Contracts__ReservationGround ground = CONTRACTS__RESERVATION_GROUND__RESERVED_IAE;
        Contracts__RecordAssociation association = CONTRACTS__RECORD_ASSOCIATION__INIT;
        Contracts__ReservedEntry entry = CONTRACTS__RESERVED_ENTRY__INIT;
        Contracts__RecordReserved reserved = CONTRACTS__RECORD_RESERVED__INIT;
        association.contract_id = (Types__Id *)(uintptr_t)contract;
        association.association = CONTRACTS__ASSOCIATION__NOT_ASSOCIATED;
        (void)tell(region, TYPES__ROLE__FACILITATOR, "contracts.RecordAssociation", &association);
        if (n % 10 != 0)
                return;
        entry.grounds = (Contracts__ReservationGround *)(uintptr_t)&ground;
        entry.n_grounds = 1;
        entry.holder_siret = text(COMPANY);
        reserved.contract_id = association.contract_id;
        reserved.entry = &entry;
        (void)tell(region, TYPES__ROLE__FACILITATOR, "contracts.RecordReserved", &reserved);
}

static void declare_need(struct region *region, struct id obligation)
{
        Contracts__DeclareNeed need = CONTRACTS__DECLARE_NEED__INIT;
        need.obligation_id = id_to(region->arena, obligation);
        need.rome_code = text("A1203");
        need.title = text("Jardinier");
        need.positions = 2;
        need.starts_on = day_to(region->arena, day_of_number(day_number(region->today) + 20));
        need.commune = text("31555");
        need.modality = TYPES__MODALITY__DIRECT_HIRE;
        (void)tell(region, TYPES__ROLE__FACILITATOR, "contracts.DeclareNeed", &need);
}

static void put_contracts(struct region *region, size_t obligations)
{
        for (size_t n = 0; n * OF_ONE_CONTRACT < obligations; n++) {
                struct arena arena scoped(arena_fini) = {0};
                region->arena = &arena;
                const Types__Id *contract = import_contract(region, n), *clause = put_clause(region, contract);
                for (size_t i = 0; i < OF_ONE_CONTRACT; i++) {
                        struct id obligation = record_obligation(region, clause, n * OF_ONE_CONTRACT + i);
                        if ((n * OF_ONE_CONTRACT + i) % (100 / NEEDS) == 0)
                                declare_need(region, obligation);
                }
                if (n % 2 == 0)
                        record_counted(region, contract, n / 2);
                if (n % FOLLOW_EVERY == 0)
                        daemons_follow();
        }
        daemons_follow();
}

/* ---- persons */

static const Types__Id *refer(struct region *region, size_t n)
{
        Tracking__Identity identity = TRACKING__IDENTITY__INIT;
        Tracking__ReferBeneficiary request = TRACKING__REFER_BENEFICIARY__INIT;
        identity.family_name = arena_printf(region->arena, "Personne %c%c%c", (int)('A' + n / 676 % 26),
                                            (int)('A' + n / 26 % 26), (int)('A' + n % 26));
        identity.given_name = text("Essai");
        identity.born_on = day_to(region->arena, day_of_number(10957));
        identity.sex = TRACKING__SEX__WOMAN;
        identity.commune = text("31555");
        request.identity = &identity;
        request.territory = text(n % 5 == 0 ? "31" : "09");
        request.prescriber = id_to(region->arena, prescriber);
        const Tracking__ReferBeneficiaryReply *reply =
                tell(region, TYPES__ROLE__FACILITATOR, "tracking.ReferBeneficiary", &request);
        Tracking__DecideEligibility decide = TRACKING__DECIDE_ELIGIBILITY__INIT;
        decide.beneficiary_id = reply->beneficiary_id;
        decide.public_code = text("B_DELD");
        decide.proof_code = text("ATTESTATION_RECHERCHE");
        decide.proof_dated = day_to(region->arena, day_of_number(day_number(region->today) - 75));
        decide.valid_from = day_to(region->arena, day_of_number(day_number(region->today) - 70));
        decide.decided_on = decide.valid_from;
        decide.eligible = true;
        (void)tell(region, TYPES__ROLE__FACILITATOR, "tracking.DecideEligibility", &decide);
        return reply->beneficiary_id;
}

static void place(struct region *region, const Types__Id *beneficiary)
{
        Tracking__OpenPlacement open = TRACKING__OPEN_PLACEMENT__INIT;
        Tracking__SubmitHours hours = TRACKING__SUBMIT_HOURS__INIT;
        Tracking__ValidateHours validate = TRACKING__VALIDATE_HOURS__INIT;
        open.beneficiary_id = (Types__Id *)(uintptr_t)beneficiary;
        open.obligation_id = id_to(region->arena, plausible_id(region->pool, "obligation_id"));
        open.modality = TYPES__MODALITY__DIRECT_HIRE;
        open.employer = open.host_company = id_to(region->arena, company);
        open.employer_name = text("Jardins du Midi");
        open.tutor = text("Chef de chantier");
        open.starts_on = day_to(region->arena, day_of_number(day_number(region->today) - 60));
        open.weekly_hours = hours_to(region->arena, hours_of_hundredths(3500));
        open.rome_code = text("A1203");
        open.work_contract = text("CDD");
        const Tracking__OpenPlacementReply *reply =
                tell(region, TYPES__ROLE__FACILITATOR, "tracking.OpenPlacement", &open);
        hours.placement_id = validate.placement_id = reply->placement_id;
        hours.month = validate.month =
                month_to(region->arena, month_of_day(day_of_number(day_number(region->today) - 40)));
        hours.hours = validate.hours = hours_to(region->arena, hours_of_hundredths(2000));
        (void)tell(region, TYPES__ROLE__FACILITATOR, "tracking.SubmitHours", &hours);
        (void)tell(region, TYPES__ROLE__FACILITATOR, "tracking.ValidateHours", &validate);
}

static void put_people(struct region *region, size_t count)
{
        for (size_t n = 0; n < count; n++) {
                struct arena arena scoped(arena_fini) = {0};
                region->arena = &arena;
                const Types__Id *beneficiary = refer(region, n);
                place(region, beneficiary);
                if (n % 4 == 0) {
                        Tracking__OpenBeneficiaryFile open = TRACKING__OPEN_BENEFICIARY_FILE__INIT;
                        open.beneficiary_id = (Types__Id *)(uintptr_t)beneficiary;
                        open.reason_code = text("ELIGIBILITY");
                        open.reason = text("Préparer la décision avec les pièces reçues");
                        (void)tell(region, TYPES__ROLE__FACILITATOR, "tracking.OpenBeneficiaryFile", &open);
                }
                if (n % FOLLOW_EVERY == 0)
                        daemons_follow();
        }
        daemons_follow();
}

/* ---- who is told, and accounts */

static void subscribe(struct region *region)
{
        static const char *const territories[] = {"31", "09", "12"};
        for (size_t i = 0; i < ARRAY_SIZE(territories); i++) {
                struct arena arena scoped(arena_fini) = {0};
                Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
                region->arena = &arena;
                request.organisation_name = text("Mission locale");
                request.territory = text(territories[i]);
                (void)tell(region, TYPES__ROLE__PRESCRIBER, "notifications.Subscribe", &request);
        }
}

static void put_users(struct region *region, size_t count)
{
        char *territories[] = {text("31")};
        for (size_t i = 0; i < count; i++) {
                struct arena arena scoped(arena_fini) = {0};
                Accounts__CreateUser request = ACCOUNTS__CREATE_USER__INIT;
                region->arena = &arena;
                request.name = arena_printf(&arena, "compte-%zu", i);
                request.role = i % 2 == 0 ? TYPES__ROLE__BUYER : TYPES__ROLE__FACILITATOR;
                request.organisation = i % 2 == 0 ? id_to(&arena, buyer) : NULL;
                request.territories = territories;
                request.n_territories = 1;
                (void)tell(region, TYPES__ROLE__OPERATOR, "accounts.CreateUser", &request);
        }
}

void region_fill(size_t obligations, struct plausible *pool)
{
        struct arena arena scoped(arena_fini) = {0};
        struct region region = {.pool = pool, .arena = &arena};
        pool->today = region.today = local_day("", daemons_world.now_ms_value);
        put_organisations(&region, obligations * ORGANISATIONS / 100 + 5);
        daemons_follow();
        subscribe(&region);
        put_contracts(&region, obligations);
        put_people(&region, obligations * PEOPLE / 100 + 5);
        put_users(&region, obligations * USERS / 100 + 5);
}

/* ---- changes */

static void change(struct plausible *pool, struct daemon *daemon, const struct dispatch_row *row)
{
        struct arena arena scoped(arena_fini) = {0};
        const Types__Refusal *refusal;
        struct catalogue_method found;
        Types__Role role = TYPES__ROLE__FACILITATOR;
        const char *name = arena_printf(&arena, "%s.%s", daemon->spec->name, row->method);
        require(catalogue_method(name, &found));
        while ((row->roles & (1u << role)) == 0)
                role = (Types__Role)(fill_random(&pool->seed) % (TYPES__ROLE__DATA_PROTECTION + 1));
        ProtobufCMessage *request = plausible_message(pool, found.method->input, &arena);
        uint64_t *seen = version_seen(request);
        if (seen != NULL)
                *seen = engine_position(daemon->engine);
        const ProtobufCMessage *reply =
                ask(&(struct asking){name, found.method, daemon, role}, request, &arena, &refusal);
        if (reply != NULL)
                plausible_learn(pool, reply);
}

void region_change(struct plausible *pool, size_t times)
{
        for (size_t n = 0; n < times; n++) {
                pool->whole = n % 3 == 0;
                for (size_t i = 0; i < DAEMONS; i++)
                        for (size_t at = 0; at < daemons[i].spec->dispatch_count; at++)
                                if (daemons[i].spec->dispatch[at].mode == MODE_COMMAND)
                                        change(pool, &daemons[i], &daemons[i].spec->dispatch[at]);
                daemons_follow();
        }
}

/* ---- queries */

static struct region_query query_of(const char *service, const ProtobufCMethodDescriptor *descriptor)
{
        struct region_query query = {.daemon = daemon_named(service), .descriptor = descriptor};
        const struct service_spec *spec = query.daemon->spec;
        (void)snprintf(query.name, sizeof(query.name), "%s.%s", service, descriptor->name);
        for (size_t n = 0; n < spec->dispatch_count; n++)
                if (strcmp(spec->dispatch[n].method, descriptor->name) == 0)
                        query.roles = spec->dispatch[n].roles;
        require(query.roles != 0);
        return query;
}

size_t region_queries(struct region_query *ret)
{
        size_t count = 0;
        for (const struct catalogue_service *service = catalogue; service->name != NULL; service++) {
                const ProtobufCServiceDescriptor *block = service->queries;
                if (block == NULL || daemon_named(service->name) == NULL)
                        continue; /* "runtime": no daemon of its own */
                for (unsigned i = 0; i < block->n_methods; i++) {
                        require(count < REGION_QUERIES_MAX);
                        ret[count++] = query_of(service->name, &block->methods[i]);
                }
        }
        return count;
}

/* Whom a role acts for: those whose lists are long. */
static const struct id *organisation_of(Types__Role role)
{
        switch (role) {
        case TYPES__ROLE__BUYER: return &buyer;
        case TYPES__ROLE__COMPANY:
        case TYPES__ROLE__STRUCTURE: return &company;
        case TYPES__ROLE__PRESCRIBER: return &prescriber;
        default: return NULL;
        }
}

const ProtobufCMessage *region_ask(const struct region_query *query, Types__Role role, const ProtobufCMessage *request,
                                   struct arena *arena, const Types__Refusal **ret_refusal)
{
        return ask(&(struct asking){query->name, query->descriptor, query->daemon, role}, request, arena, ret_refusal);
}

/* Every other field as where it is not told. */
static void leave_out_some(struct plausible *pool, ProtobufCMessage *request, struct arena *arena)
{
        const ProtobufCMessage *bare = pb_new(request->descriptor, arena);
        for (unsigned i = 0; i < request->descriptor->n_fields; i++) {
                const ProtobufCFieldDescriptor *field = &request->descriptor->fields[i];
                bool is_pointer = field->label == PROTOBUF_C_LABEL_REPEATED || field->type == PROTOBUF_C_TYPE_STRING ||
                                  field->type == PROTOBUF_C_TYPE_MESSAGE;
                bool is_bytes = field->type == PROTOBUF_C_TYPE_BYTES;
                if (fill_random(&pool->seed) % 2 == 0)
                        continue;
                if (field->label == PROTOBUF_C_LABEL_REPEATED)
                        *(size_t *)(void *)((uint8_t *)request + field->quantifier_offset) = 0;
                memcpy((uint8_t *)request + field->offset, (const uint8_t *)bare + field->offset,
                       is_pointer ? sizeof(void *)
                       : is_bytes ? sizeof(ProtobufCBinaryData)
                                  : sizeof(uint32_t));
        }
}

static Types__Page **page_of(const ProtobufCMessage *request)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(request->descriptor, "page");
        return field == NULL || field->descriptor != &types__page__descriptor
                       ? NULL
                       : (Types__Page **)(void *)((uint8_t *)(uintptr_t)request + field->offset);
}

Types__Page *region_page(const ProtobufCMessage *request)
{
        Types__Page **page = page_of(request);
        return page == NULL ? NULL : *page;
}

ProtobufCMessage *region_request(struct plausible *pool, const struct region_query *query, uint32_t draw,
                                 struct arena *arena)
{
        const ProtobufCMessageDescriptor *type = query->descriptor->input;
        pool->whole = true;
        ProtobufCMessage *request =
                draw == 0 ? (ProtobufCMessage *)pb_new(type, arena) : plausible_message(pool, type, arena);
        if (draw > 1)
                leave_out_some(pool, request, arena);
        Types__Page **page = page_of(request);
        if (page != NULL) {
                *page = pb_new(&types__page__descriptor, arena);
                (*page)->limit = LIMIT_PAGE_MAX;
        }
        return request;
}

struct slice region_next(const ProtobufCMessage *reply)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(reply->descriptor, "next");
        if (field == NULL || field->type != PROTOBUF_C_TYPE_BYTES)
                return slice_of(NULL, 0);
        return pb_slice(*(const ProtobufCBinaryData *)(const void *)((const uint8_t *)reply + field->offset));
}
