/* Steps 3 and 4 of the journey: clause, obligation, need, alert. */
#include "services/ctl/journey_steps.h"

#include <stdio.h>
#include <string.h>

#include "common/base/require.h"
#include "common/base/siret.h"
#include "common/codec/pb.h"
#include "common/codec/place.h"
#include "common/codec/types.h"
#include "services/ctl/health.h"
#include "services/ctl/mailbox.h"
#include "services/ctl/options.h"
#include "contracts/commands.pb-c.h"
#include "contracts/queries.pb-c.h"
#include "directory/queries.pb-c.h"
#include "notifications/commands.pb-c.h"
#include "notifications/queries.pb-c.h"

enum {
        PAGE_LINES = 200,
        AMOUNT_MIN_CENTS = 50000000,   /* 500,000 euros: enough for some persons to work some months */
        AMOUNT_MAX_CENTS = 1000000000, /* 10 million: an amount that is not a mistake */
        LABOUR_MILLIONTHS = 500000,
        RATE_MILLIONTHS = 70000,
        COST_CENTS = 2800,
        MAIL_WAIT_MS = 15000,
        OBJECT_SHOWN_SIZE = 96,
};

/* --- step 3 --------------------------------------------------------------------------------------------------------
 */

static Contracts__Calibration *calibration_of(struct arena *arena, struct money amount, uint32_t labour, uint32_t rate,
                                              int64_t cost_cents)
{
        Contracts__Calibration *calibration = pb_new(&contracts__calibration__descriptor, arena);
        calibration->amount = money_to(arena, amount);
        calibration->labour_share = share_to(arena, share_of_millionths(labour));
        calibration->insertion_rate = share_to(arena, share_of_millionths(rate));
        calibration->hourly_cost = money_to(arena, money_of_cents(cost_cents));
        calibration->rounding = CONTRACTS__ROUNDING__DOWN;
        return calibration;
}

/* Two published examples of the formula: mefsud77.fr, mde-alescevennes. */
bool journey_check_calibration(struct journey *journey)
{
        static const struct {
                int64_t amount_cents;
                uint32_t labour, rate;
                int64_t cost_cents, hundredths;
        } examples[] = {{100000000, 500000, 50000, 3000, 83300}, {150000000, 700000, 100000, 3000, 350000}};
        session_act(&journey->session, TYPES__ROLE__FACILITATOR, NULL, "*");
        for (size_t i = 0; i < ARRAY_SIZE(examples); i++) {
                scoped(arena_fini) struct arena arena = {0};
                char text[JOURNEY_AMOUNT_SIZE];
                Contracts__CalibrateRequest request = CONTRACTS__CALIBRATE_REQUEST__INIT;
                request.calibration = calibration_of(&arena, money_of_cents(examples[i].amount_cents),
                                                     examples[i].labour, examples[i].rate, examples[i].cost_cents);
                const Contracts__CalibrateReply *reply =
                        session_call(&journey->session, "contracts.Calibrate", &request, NULL, &arena);
                if (reply == NULL)
                        return false;
                (void)journey_hours(hours_of(reply->hours), text);
                journey_check(journey, hours_hundredths(hours_of(reply->hours)) == examples[i].hundredths,
                              "exemple publié n° %zu du calibrage : %s h", i + 1, text);
        }
        return true;
}

static bool is_taken(const struct journey *journey, struct id contract)
{
        for (size_t i = 0; i < journey->leg_count; i++)
                if (id_equal(journey->legs[i].contract, contract))
                        return true;
        return false;
}

static bool has_clause(const Contracts__ContractLine *line)
{
        for (size_t i = 0; i < line->n_social; i++)
                if (line->social[i] == CONTRACTS__SOCIAL_CONSIDERATION__SOCIAL_CLAUSE)
                        return true;
        return false;
}

/* The hours of the journey's month are hours of a contract that there was. */
static bool is_suitable(const struct journey *journey, const Contracts__ContractLine *line)
{
        int64_t cents = money_cents(money_of(line->amount));
        bool has_begun =
                line->notified_on != NULL && line->notified_on->days <= day_number(month_first_day(journey->month));
        return has_begun && has_clause(line) && cents >= AMOUNT_MIN_CENTS && cents <= AMOUNT_MAX_CENTS &&
               !is_taken(journey, id_of(line->contract_id));
}

/* Does the contract have an unused lot and a company with a SIRET? Fills in the leg. */
static bool take_contract(struct journey_leg *leg, const Contracts__ContractView *view)
{
        const Contracts__ContractRecord *record = view->record;
        if (view->n_clauses > 0 || record->n_contractors == 0 || !siret_valid(record->contractors[0]->value))
                return false;
        leg->contract = id_of(view->contract_id);
        leg->amount = money_of(view->current_amount != NULL ? view->current_amount : record->amount);
        (void)snprintf(leg->company_siret, sizeof(leg->company_siret), "%s", record->contractors[0]->value);
        journey_copy(leg->company_name, sizeof(leg->company_name),
                     record->contractors[0]->name[0] != '\0' ? record->contractors[0]->name : leg->company_siret);
        (void)snprintf(leg->buyer_siret, sizeof(leg->buyer_siret), "%s", record->buyer_siret);
        journey_copy(leg->buyer_name, sizeof(leg->buyer_name),
                     record->buyer_name[0] != '\0' ? record->buyer_name : leg->buyer_siret);
        return true;
}

static bool in_partition(const struct journey *journey, const struct journey_leg *leg,
                         const Contracts__ContractRecord *record, char ret_territory[TERRITORY_TEXT_SIZE])
{
        return place_territory(record->place, ret_territory) &&
               topology_of_territory(journey->session.topology, "tracking", ret_territory) == leg->instance;
}

/* The first suitable contract that is carried out in the leg's partition; else the first suitable one at all, whose
 * hours are then done in the leg's first department. */
static bool find_contract(struct journey *journey, struct journey_leg *leg, bool anywhere)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__ContractsRequest request = CONTRACTS__CONTRACTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = PAGE_LINES;
        request.page = &page;
        do {
                const Contracts__ContractsReply *reply =
                        session_call(&journey->session, "contracts.Contracts", &request, NULL, &arena);
                for (size_t i = 0; reply != NULL && i < reply->n_contracts; i++) {
                        if (!is_suitable(journey, reply->contracts[i]))
                                continue;
                        Contracts__ContractById by_id = CONTRACTS__CONTRACT_BY_ID__INIT;
                        char territory[TERRITORY_TEXT_SIZE];
                        by_id.contract_id = reply->contracts[i]->contract_id;
                        const Contracts__ContractView *view =
                                session_call(&journey->session, "contracts.ContractById", &by_id, NULL, &arena);
                        if (view == NULL || !(anywhere || in_partition(journey, leg, view->record, territory)) ||
                            !take_contract(leg, view))
                                continue;
                        if (!anywhere)
                                (void)snprintf(leg->territory, sizeof(leg->territory), "%s", territory);
                        char object[OBJECT_SHOWN_SIZE];
                        journey_copy(object, sizeof(object), reply->contracts[i]->object);
                        (void)printf("  marché %s : %s\n", reply->contracts[i]->number, object);
                        return true;
                }
                page.after = reply == NULL ? (ProtobufCBinaryData){0} : reply->next;
        } while (page.after.len > 0);
        return false;
}

/* An organisation of the directory, by its SIRET or by its `source_id`, so that its account can speak. */
static bool put_party(struct journey *journey, Directory__Organisation *organisation, struct arena *arena,
                      struct id *ret)
{
        Directory__PutOrganisation request = DIRECTORY__PUT_ORGANISATION__INIT;
        organisation->source = arena_text(arena, "parcours");
        if (organisation->siret[0] != '\0')
                organisation->source_id = organisation->siret;
        request.organisation = organisation;
        const Directory__PutOrganisationReply *reply =
                session_call(&journey->session, "directory.PutOrganisation", &request, NULL, arena);
        if (reply != NULL)
                *ret = id_of(reply->organisation_id);
        return reply != NULL;
}

static bool put_parties(struct journey *journey, struct journey_leg *leg, struct arena *arena)
{
        Directory__Organisation company = DIRECTORY__ORGANISATION__INIT;
        Directory__Organisation buyer = DIRECTORY__ORGANISATION__INIT;
        company.siret = leg->company_siret;
        company.kind = DIRECTORY__ORGANISATION_KIND__ORDINARY_COMPANY;
        company.name = leg->company_name;
        company.territory = leg->territory;
        buyer.siret = leg->buyer_siret;
        buyer.kind = DIRECTORY__ORGANISATION_KIND__PUBLIC_BUYER;
        buyer.name = leg->buyer_name;
        return put_party(journey, &company, arena, &leg->company) && put_party(journey, &buyer, arena, &leg->buyer);
}

bool journey_choose(struct journey *journey, struct journey_leg *leg)
{
        scoped(arena_fini) struct arena arena = {0};
        session_act(&journey->session, TYPES__ROLE__FACILITATOR, NULL, "*");
        if (!find_contract(journey, leg, false) && !find_contract(journey, leg, true))
                return complain("aucun marché avec une clause sociale, un montant et un titulaire ne reste sans "
                                "clause.") == 0;
        (void)snprintf(leg->commune, sizeof(leg->commune), "%s%s", leg->territory,
                       strlen(leg->territory) == 2 ? "001" : "01");
        return put_parties(journey, leg, &arena);
}

static bool record_obligation(struct journey *journey, struct journey_leg *leg, struct arena *arena)
{
        Contracts__RecordObligation request = CONTRACTS__RECORD_OBLIGATION__INIT;
        request.clause_id = id_to(arena, leg->clause);
        request.contractor_siret = leg->company_siret;
        request.contractor_name = leg->company_name;
        request.contractor_organisation = id_to(arena, leg->company);
        const Contracts__RecordObligationReply *reply =
                session_call(&journey->session, "contracts.RecordObligation", &request, NULL, arena);
        if (reply == NULL)
                return false;
        leg->obligation = id_of(reply->obligation_id);
        leg->due = hours_of(reply->hours);
        return true;
}

bool journey_put_clause(struct journey *journey, struct journey_leg *leg)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__PutClause request = CONTRACTS__PUT_CLAUSE__INIT;
        char *territories[] = {leg->territory};
        struct hours exact;
        char due[JOURNEY_AMOUNT_SIZE];
        char amount[JOURNEY_AMOUNT_SIZE];

        request.contract_id = id_to(&arena, leg->contract);
        request.lot = 1;
        request.calibration = calibration_of(&arena, leg->amount, LABOUR_MILLIONTHS, RATE_MILLIONTHS, COST_CENTS);
        request.territories = territories;
        request.n_territories = ARRAY_SIZE(territories);
        session_act(&journey->session, TYPES__ROLE__FACILITATOR, NULL, "*");
        const Contracts__PutClauseReply *reply =
                session_call(&journey->session, "contracts.PutClause", &request, NULL, &arena);
        if (reply == NULL)
                return false;
        leg->clause = id_of(reply->clause_id);
        if (!record_obligation(journey, leg, &arena))
                return false;
        require(hours_bought(leg->amount, share_of_millionths(LABOUR_MILLIONTHS), share_of_millionths(RATE_MILLIONTHS),
                             money_of_cents(COST_CENTS), &exact) == 0);
        (void)journey_hours(leg->due, due);
        (void)journey_money(leg->amount, amount);
        journey_check(journey, hours_hundredths(leg->due) == hours_hundredths(exact) / 100 * 100,
                      "département %s, %s € x 50 %% x 7 %% / 28 € : %s h dues par %s", leg->territory, amount, due,
                      leg->company_name);
        return true;
}

/* --- step 4 --------------------------------------------------------------------------------------------------------
 */

/* A prescriber of the journey's own: those of the region are subscribed with addresses of theirs. */
static bool put_prescriber(struct journey *journey, struct journey_leg *leg, struct arena *arena)
{
        Directory__Organisation prescriber = DIRECTORY__ORGANISATION__INIT;
        (void)snprintf(leg->prescriber_name, sizeof(leg->prescriber_name), "Mission locale du parcours (%s)",
                       leg->territory);
        prescriber.source_id = arena_printf(arena, "prescripteur-%s", leg->territory);
        prescriber.kind = DIRECTORY__ORGANISATION_KIND__MISSION_LOCALE;
        prescriber.name = leg->prescriber_name;
        prescriber.territory = leg->territory;
        return put_party(journey, &prescriber, arena, &leg->prescriber);
}

/* Reads the code where the one who was mailed would, and types it back. */
static bool confirm_address(struct journey *journey, const struct journey_leg *leg, const char *email,
                            Types__Id *subscription, struct arena *arena)
{
        struct world world = world_real();
        uint64_t end_us = world.monotonic_us(&world) + MAIL_WAIT_MS * UINT64_C(1000);
        char code[MAILBOX_CODE_SIZE];
        while (!mailbox_find_code(journey->mailbox, email, code)) {
                if (world.monotonic_us(&world) >= end_us)
                        return complain("aucun courriel avec un code pour %s dans %s.", email, journey->mailbox) == 0;
                health_pause(&journey->session, 20);
        }
        Notifications__ConfirmAddress request = NOTIFICATIONS__CONFIRM_ADDRESS__INIT;
        request.subscription_id = subscription;
        request.code = code;
        const Notifications__ConfirmAddressReply *reply =
                session_call(&journey->session, "notifications.ConfirmAddress", &request, NULL, arena);
        if (reply == NULL)
                return false;
        journey_check(journey, reply->confirmed, "« %s » confirme son adresse par le code qu'elle a reçu",
                      leg->prescriber_name);
        return reply->confirmed;
}

static bool subscribe(struct journey *journey, struct journey_leg *leg, struct arena *arena)
{
        Notifications__Subscribe request = NOTIFICATIONS__SUBSCRIBE__INIT;
        request.organisation_name = leg->prescriber_name;
        request.territory = leg->territory;
        if (journey->mails)
                request.email = arena_printf(arena, "prescripteur-%s@parcours.example", leg->territory);
        session_act(&journey->session, TYPES__ROLE__PRESCRIBER, &leg->prescriber, leg->territory);
        const Notifications__SubscribeReply *reply =
                session_call(&journey->session, "notifications.Subscribe", &request, NULL, arena);
        return reply != NULL && (!reply->awaits_confirmation ||
                                 confirm_address(journey, leg, request.email, reply->subscription_id, arena));
}

static bool declare(struct journey *journey, struct journey_leg *leg, struct arena *arena)
{
        Contracts__DeclareNeed request = CONTRACTS__DECLARE_NEED__INIT;
        request.obligation_id = id_to(arena, leg->obligation);
        request.rome_code = arena_text(arena, "F1703");
        request.title = arena_text(arena, "Maçon");
        request.positions = JOURNEY_PERSONS;
        request.starts_on = day_to(arena, day_of_number(day_number(journey->today) + 14));
        request.commune = leg->commune;
        request.modality = TYPES__MODALITY__DIRECT_HIRE;
        session_act(&journey->session, TYPES__ROLE__COMPANY, &leg->company, leg->territory);
        const Contracts__DeclareNeedReply *reply =
                session_call(&journey->session, "contracts.DeclareNeed", &request, NULL, arena);
        if (reply == NULL)
                return false;
        leg->need = id_of(reply->need_id);
        journey_check(journey, strcmp(reply->territory, leg->territory) == 0, "le besoin est pour le département %s",
                      reply->territory);
        return true;
}

bool journey_find_notice(struct journey *journey, const struct journey_leg *leg, Notifications__NoticeKind kind,
                         struct id subject)
{
        struct world world = world_real();
        uint64_t end_us = world.monotonic_us(&world) + MAIL_WAIT_MS * UINT64_C(1000);
        bool told = false;
        bool mailed = false;
        session_act(&journey->session, TYPES__ROLE__PRESCRIBER, &leg->prescriber, leg->territory);
        while (!(told && (mailed || !journey->mails)) && world.monotonic_us(&world) < end_us) {
                scoped(arena_fini) struct arena arena = {0};
                Notifications__InboxRequest request = NOTIFICATIONS__INBOX_REQUEST__INIT;
                const Notifications__InboxReply *inbox =
                        session_call(&journey->session, "notifications.Inbox", &request, NULL, &arena);
                if (inbox == NULL)
                        return false;
                for (size_t i = 0; i < inbox->n_notices; i++) {
                        const Notifications__NoticeView *notice = inbox->notices[i];
                        if (notice->kind != kind || !id_equal(id_of(notice->subject_id), subject))
                                continue;
                        told = true;
                        mailed = mailed || notice->delivery == NOTIFICATIONS__DELIVERY_STATE__SENT;
                }
                if (!told || (journey->mails && !mailed))
                        health_pause(&journey->session, 20);
        }
        journey_check(journey, told, "« %s » le lit dans sa boîte", leg->prescriber_name);
        if (journey->mails)
                journey_check(journey, mailed, "et le serveur de courriel a pris le message");
        return told;
}

bool journey_declare_need(struct journey *journey, struct journey_leg *leg)
{
        scoped(arena_fini) struct arena arena = {0};
        session_act(&journey->session, TYPES__ROLE__FACILITATOR, NULL, "*");
        return put_prescriber(journey, leg, &arena) && subscribe(journey, leg, &arena) &&
               declare(journey, leg, &arena) &&
               journey_find_notice(journey, leg, NOTIFICATIONS__NOTICE_KIND__NEED_OPENED, leg->need);
}
