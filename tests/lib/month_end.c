/* A month's end in the making: everything up to the statements of hours, through real commands. */
#include <stdlib.h>
#include <string.h>

#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "contracts/commands.pb-c.h"
#include "tests/lib/net.h"
#include "tracking/commands.pb-c.h"

enum { IN_FLIGHT = 512, STARTS_ON = 20454 /* 2026-01-01 */ };

static char *text(const char *literal)
{
        return (char *)(uintptr_t)literal;
}

static struct id make_obligation(struct net *net, struct id company, struct arena *arena)
{
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__Place place = CONTRACTS__PLACE__INIT;
        place.code = text("31555");
        place.kind = CONTRACTS__PLACE_KIND__COMMUNE;
        record.kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record.format = CONTRACTS__RECORD_FORMAT__DECP_2022;
        record.number = text("BENCH-1");
        record.buyer_siret = text("21310555400017");
        record.object = text("Entretien des espaces verts");
        record.cpv = text("77310000");
        record.place = &place;
        record.duration_months = 24;
        record.notified_on = day_to(arena, day_of_number(STARTS_ON));
        record.amount = money_to(arena, money_of_cents(500000000));
        Contracts__ImportContract import = CONTRACTS__IMPORT_CONTRACT__INIT;
        import.record = &record;
        const Contracts__ImportContractReply *contract = net_ask(net, "contracts.ImportContract", &import, arena);

        Contracts__Calibration calibration = CONTRACTS__CALIBRATION__INIT;
        calibration.amount = money_to(arena, money_of_cents(500000000));
        calibration.labour_share = share_to(arena, share_of_millionths(700000));
        calibration.insertion_rate = share_to(arena, share_of_millionths(100000));
        calibration.hourly_cost = money_to(arena, money_of_cents(3000));
        Contracts__PutClause put = CONTRACTS__PUT_CLAUSE__INIT;
        put.contract_id = contract->contract_id;
        put.lot = 1;
        put.calibration = &calibration;
        const Contracts__PutClauseReply *clause = net_ask(net, "contracts.PutClause", &put, arena);

        Contracts__RecordObligation obligation = CONTRACTS__RECORD_OBLIGATION__INIT;
        obligation.clause_id = clause->clause_id;
        obligation.contractor_siret = text("35600000000048");
        obligation.contractor_name = text("Jardins du Midi");
        obligation.contractor_organisation = id_to(arena, company);
        const Contracts__RecordObligationReply *reply = net_ask(net, "contracts.RecordObligation", &obligation, arena);
        return id_of(reply->obligation_id);
}

static void collect(struct stream *stream, const struct id *keys, size_t count)
{
        struct arena arena scoped(arena_fini) = {0};
        struct err_info info = {0};
        Wire__Reply *reply;
        if (link_collect(stream->net->link, 10000, &arena, &reply, &info) != 1)
                harness_fail("%s: no answer: %s", stream->method, info.text);
        if (reply->outcome_case != WIRE__REPLY__OUTCOME_BODY)
                harness_fail("%s is refused: %s: %s", stream->method, reply->refusal->field, reply->refusal->text);
        for (size_t n = count > 4 * IN_FLIGHT ? count - 4 * IN_FLIGHT : 0; stream->take != NULL && n < count; n++) {
                if (memcmp(keys[n].b, reply->id.data, sizeof(keys[n].b)) != 0)
                        continue;
                stream->take(stream->argument, n, pb_decode(stream->output, pb_slice(reply->body), &arena));
                return;
        }
}

void stream_run(struct stream *stream, size_t count)
{
        struct world world = world_real();
        struct id *keys = calloc(count, sizeof(*keys));
        size_t sent = 0, received = 0;
        struct err_info info = {0};
        const struct instance *instance =
                net_instance(stream->net, stream->instance == NULL ? "tracking-1" : stream->instance);
        while (received < count) {
                while (sent < count && sent - received < IN_FLIGHT) {
                        struct arena arena scoped(arena_fini) = {0};
                        keys[sent] = id_new(&world, world.now_ms(&world), 0);
                        const ProtobufCMessage *request = stream->make(stream->argument, sent, &arena);
                        version_seen_any(request);
                        if (link_post(stream->net->link, instance, stream->method, request, keys[sent], &info) != 0)
                                harness_fail("%s: %s", stream->method, info.text);
                        sent++;
                }
                collect(stream, keys, sent);
                received++;
        }
        free(keys);
        harness_note("%zu x %s", count, stream->method);
}

struct people {
        const struct month_end_at *at;
        struct month_end *month_end;
        struct id *beneficiaries;
};

static const ProtobufCMessage *make_referral(void *argument, size_t n, struct arena *arena)
{
        const struct people *people = argument;
        struct id prescriber = id_derived(0, slice_of_text("mission locale"));
        Tracking__Identity *identity = pb_new(&tracking__identity__descriptor, arena);
        identity->family_name = arena_printf(arena, "Personne %c%c%c%c", (int)('A' + n / 17576 % 26),
                                             (int)('A' + n / 676 % 26), (int)('A' + n / 26 % 26), (int)('A' + n % 26));
        identity->given_name = text("Essai");
        identity->born_on = day_to(arena, day_of_number(10957));
        identity->sex = TRACKING__SEX__WOMAN;
        identity->commune = text("31555");
        Tracking__ReferBeneficiary *request = pb_new(&tracking__refer_beneficiary__descriptor, arena);
        request->identity = identity;
        request->territory = text(people->at->territory);
        request->prescriber = id_to(arena, prescriber);
        return &request->base;
}

static void take_referral(void *argument, size_t n, const void *reply)
{
        struct people *people = argument;
        people->beneficiaries[n] = id_of(((const Tracking__ReferBeneficiaryReply *)reply)->beneficiary_id);
}

static const ProtobufCMessage *make_decision(void *argument, size_t n, struct arena *arena)
{
        struct people *people = argument;
        Tracking__DecideEligibility *request = pb_new(&tracking__decide_eligibility__descriptor, arena);
        request->beneficiary_id = id_to(arena, people->beneficiaries[n]);
        request->public_code = text("B_DELD");
        request->proof_code = text("ATTESTATION_RECHERCHE");
        request->proof_dated = day_to(arena, day_of_number(people->at->starts_on - 10));
        request->valid_from = request->decided_on = day_to(arena, day_of_number(people->at->starts_on));
        request->eligible = true;
        return &request->base;
}

static const ProtobufCMessage *make_placement(void *argument, size_t n, struct arena *arena)
{
        struct people *people = argument;
        Tracking__OpenPlacement *request = pb_new(&tracking__open_placement__descriptor, arena);
        request->beneficiary_id = id_to(arena, people->beneficiaries[n]);
        request->obligation_id = id_to(arena, people->month_end->obligation);
        request->modality = TYPES__MODALITY__DIRECT_HIRE;
        request->employer = id_to(arena, people->month_end->company);
        request->host_company = id_to(arena, people->month_end->company);
        request->employer_name = text("Jardins du Midi");
        request->tutor = text("Chef de chantier");
        request->starts_on = day_to(arena, day_of_number(people->at->starts_on));
        request->weekly_hours = hours_to(arena, hours_of_hundredths(3500));
        request->rome_code = text("A1203");
        request->work_contract = text("CDD");
        return &request->base;
}

static void take_placement(void *argument, size_t n, const void *reply)
{
        struct people *people = argument;
        people->month_end->placements[n] = id_of(((const Tracking__OpenPlacementReply *)reply)->placement_id);
}

static void shuffle(struct id *ids, size_t count)
{
        struct world world = world_seeded(42, 0);
        for (size_t i = count - 1; i > 0; i--) {
                uint64_t draw;
                world.random(&world, &draw, sizeof(draw));
                size_t other = draw % (i + 1);
                struct id kept = ids[i];
                ids[i] = ids[other];
                ids[other] = kept;
        }
}

void month_end_obligation(struct net *net, struct month_end *ret)
{
        struct arena arena scoped(arena_fini) = {0};
        *ret = (struct month_end){.company = id_derived(0, slice_of_text("jardins du midi"))};
        ret->obligation = make_obligation(net, ret->company, &arena);
}

void month_end_place(struct net *net, const struct month_end_at *at, size_t count, struct month_end *month_end)
{
        month_end->count = count;
        month_end->placements = calloc(count, sizeof(*month_end->placements));
        struct people people = {at, month_end, calloc(count, sizeof(struct id))};
        net_wait_followed(net, at->instance, "contracts-1");

        struct stream refer = {net,
                               "tracking.ReferBeneficiary",
                               &tracking__refer_beneficiary_reply__descriptor,
                               make_referral,
                               take_referral,
                               &people,
                               at->instance};
        stream_run(&refer, count);
        struct stream decide = {net, "tracking.DecideEligibility", NULL, make_decision, NULL, &people, at->instance};
        stream_run(&decide, count);
        struct stream open = {net,
                              "tracking.OpenPlacement",
                              &tracking__open_placement_reply__descriptor,
                              make_placement,
                              take_placement,
                              &people,
                              at->instance};
        stream_run(&open, count);
        free(people.beneficiaries);
        shuffle(month_end->placements, count);
}

void month_end_prepare(struct net *net, size_t count, struct month_end *ret)
{
        static const struct month_end_at here = {"tracking-1", "31", STARTS_ON};
        month_end_obligation(net, ret);
        month_end_place(net, &here, count, ret);
}
