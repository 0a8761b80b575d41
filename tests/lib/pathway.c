#include "tests/lib/pathway.h"

#include "common/base/local_time.h"
#include "common/base/world.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/service/versions.h"
#include "contracts/commands.pb-c.h"
#include "tracking/commands.pb-c.h"

const struct id pathway_company = {{0x01, 0x92, 0xf0, 0xc1, 0x7a, 0x3b, 0x70, 0x00, 0x8f, 0, 0, 0, 0, 0, 0, 8}};
const struct id pathway_prescriber = {{0x01, 0x92, 0xf0, 0xc1, 0x7a, 0x3b, 0x70, 0x00, 0x8f, 0, 0, 0, 0, 0, 0, 7}};

static char *text(const char *literal)
{
        return (char *)(uintptr_t)literal;
}

struct day pathway_today(void)
{
        struct world world = world_real();
        return local_day("", world.now_ms(&world));
}

static Types__Day *days_ago(struct arena *arena, int days)
{
        return day_to(arena, day_of_number(day_number(pathway_today()) - days));
}

static struct id owe_hours(struct net *net, const struct pathway *pathway, struct arena *arena)
{
        Contracts__ContractRecord record = CONTRACTS__CONTRACT_RECORD__INIT;
        Contracts__Place place = CONTRACTS__PLACE__INIT;
        place.code = text(pathway->commune);
        place.kind = CONTRACTS__PLACE_KIND__COMMUNE;
        record.kind = CONTRACTS__CONTRACT_KIND__MARKET;
        record.format = CONTRACTS__RECORD_FORMAT__DECP_2022;
        record.number = arena_printf(arena, "2026-%s", pathway->territory);
        record.buyer_siret = text("13002526500013");
        record.object = text("Réfection de l'école");
        record.place = &place;
        record.notified_on = days_ago(arena, PATHWAY_DAYS + 30);
        record.amount = money_to(arena, money_of_cents(100000000));
        Contracts__ImportContract import = CONTRACTS__IMPORT_CONTRACT__INIT;
        import.record = &record;
        const Contracts__ImportContractReply *contract = net_ask(net, "contracts.ImportContract", &import, arena);

        Contracts__Calibration calibration = CONTRACTS__CALIBRATION__INIT;
        calibration.amount = record.amount;
        calibration.labour_share = share_to(arena, share_of_millionths(500000));
        calibration.insertion_rate = share_to(arena, share_of_millionths(100000));
        calibration.hourly_cost = money_to(arena, money_of_cents(3000));
        Contracts__PutClause put = CONTRACTS__PUT_CLAUSE__INIT;
        put.contract_id = contract->contract_id;
        put.lot = 1;
        put.calibration = &calibration;
        version_seen_any(&put.base);
        const Contracts__PutClauseReply *clause = net_ask(net, "contracts.PutClause", &put, arena);

        Contracts__RecordObligation obligation = CONTRACTS__RECORD_OBLIGATION__INIT;
        obligation.clause_id = clause->clause_id;
        obligation.contractor_siret = text("35600000000048");
        obligation.contractor_name = text("Jardins du Midi");
        obligation.contractor_organisation = id_to(arena, pathway_company);
        const Contracts__RecordObligationReply *reply = net_ask(net, "contracts.RecordObligation", &obligation, arena);
        return id_of(reply->obligation_id);
}

static struct id refer(struct net *net, const struct pathway *pathway, struct arena *arena)
{
        Tracking__Identity identity = TRACKING__IDENTITY__INIT;
        identity.family_name = text("Quatrebarbes-Essai");
        identity.given_name = text("Zéphirine");
        identity.born_on = day_to(arena, day_of_number(7441)); /* 1990-05-17 */
        identity.sex = TRACKING__SEX__WOMAN;
        Tracking__ReferBeneficiary referral = TRACKING__REFER_BENEFICIARY__INIT;
        referral.identity = &identity;
        referral.territory = text(pathway->territory);
        referral.prescriber = id_to(arena, pathway_prescriber);
        const Tracking__ReferBeneficiaryReply *reply = net_ask(net, "tracking.ReferBeneficiary", &referral, arena);

        Tracking__DecideEligibility decision = TRACKING__DECIDE_ELIGIBILITY__INIT;
        decision.beneficiary_id = reply->beneficiary_id;
        decision.public_code = text("B_RSA");
        decision.proof_code = text("ATTESTATION_RSA");
        decision.proof_dated = days_ago(arena, PATHWAY_DAYS + 10);
        decision.valid_from = decision.decided_on = days_ago(arena, PATHWAY_DAYS + 5);
        decision.eligible = true;
        version_seen_any(&decision.base);
        (void)net_ask(net, "tracking.DecideEligibility", &decision, arena);
        return id_of(reply->beneficiary_id);
}

struct id pathway_place(struct net *net, const struct pathway *pathway, struct day starts_on)
{
        struct arena arena scoped(arena_fini) = {0};
        Tracking__OpenPlacement opening = TRACKING__OPEN_PLACEMENT__INIT;
        opening.beneficiary_id = id_to(&arena, pathway->person);
        opening.obligation_id = id_to(&arena, pathway->obligation);
        opening.modality = TYPES__MODALITY__DIRECT_HIRE;
        opening.employer = id_to(&arena, pathway_company);
        opening.employer_name = text("Jardins du Midi");
        opening.host_company = opening.employer;
        opening.tutor = text("Mme Tutrice");
        opening.starts_on = day_to(&arena, starts_on);
        opening.weekly_hours = hours_to(&arena, hours_of_hundredths(3500));
        opening.rome_code = text("F1703");
        opening.work_contract = text("CDD");
        const Tracking__OpenPlacementReply *reply = net_ask(net, "tracking.OpenPlacement", &opening, &arena);
        return id_of(reply->placement_id);
}

void pathways_prepare(struct net *net, struct pathway ret[PATHWAYS])
{
        struct arena arena scoped(arena_fini) = {0};
        ret[0] = (struct pathway){.territory = "31", .commune = "31555", .instance = "tracking-1"};
        ret[1] = (struct pathway){.territory = "66", .commune = "66136", .instance = "tracking-2"};
        for (size_t i = 0; i < PATHWAYS; i++)
                ret[i].obligation = owe_hours(net, &ret[i], &arena);
        for (size_t i = 0; i < PATHWAYS; i++) {
                net_wait_followed(net, ret[i].instance, "contracts-1");
                ret[i].person = refer(net, &ret[i], &arena);
                ret[i].placement =
                        pathway_place(net, &ret[i], day_of_number(day_number(pathway_today()) - PATHWAY_DAYS));
        }
}
