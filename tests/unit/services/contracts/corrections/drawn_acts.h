/* drawn_acts.h: the stage on which the acts of a drawn history are entered, and each as the command that enters it. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_CORRECTIONS_DRAWN_ACTS_H
#define TESTS_UNIT_SERVICES_CONTRACTS_CORRECTIONS_DRAWN_ACTS_H

#include "tests/unit/services/contracts/corrections/drawn_history.h"

/* ---- the stage */

static inline Types__Day *on(struct lived *lived, int32_t day)
{
        return day_to(&lived->f->arena, day_of_number(day_number(day_of_civil((struct civil){2026, 3, 2})) + day));
}

static inline void label(struct lived *lived, Types__Id *id, const char *name, size_t number)
{
        assert_true(lived->thing_count < THINGS_MAX);
        lived->things[lived->thing_count] = id;
        lived->labels[lived->thing_count++] = arena_printf(&lived->f->arena, "<%s %zu>", name, number);
}

static inline Contracts__ContractRecord *record_named(struct lived *lived, const char *object)
{
        Contracts__ContractRecord *record = a_record(lived->f);
        record->object = arena_text(&lived->f->arena, object);
        record->number = arena_printf(&lived->f->arena, "2026-%03u", ++lived->contracts);
        record->notified_on = on(lived, (int32_t)lived->contracts - 1);
        return record;
}

static inline Types__Id *opened_of_ours(struct lived *lived, const char *object)
{
        Contracts__OpenContract open = CONTRACTS__OPEN_CONTRACT__INIT;
        open.is_another = true;
        open.record = record_named(lived, object);
        open.record->notified_on = open.record->published_on = NULL;
        const Contracts__OpenContractReply *reply = fixture_get(lived->f, facilitator(lived->f), "OpenContract", &open);
        return reply->contract_id;
}

static inline Types__Id *owed(struct lived *lived, Types__Id *clause, unsigned company, int64_t hours)
{
        struct fixture *f = lived->f;
        char siret[SIRET_DIGITS + 1];
        Contracts__RecordObligation *command = obligation_on(f, clause);
        siret_make(13002526 + company, 1, siret);
        command->contractor_siret = arena_text(&f->arena, siret);
        command->contractor_name = arena_printf(&f->arena, "Entreprise %u", company);
        command->contractor_organisation = NULL;
        command->by_invoices = hours == 0;
        command->hours = hours == 0 ? NULL : whole_hours(f, hours);
        f->world.now_ms_value++;
        return record_obligation(f, command)->obligation_id;
}

static inline void set_framework(struct lived *lived)
{
        struct fixture *f = lived->f;
        lived->framework = import(f, record_named(lived, "Accord-cadre"))->contract_id;
        Contracts__PutClause *put = clause_on(f, lived->framework);
        put->calibration->method = CONTRACTS__CALIBRATION_METHOD__PER_INVOICED;
        put->calibration->amount_per_hour = euros(f, 2000);
        put->calibration->trigger = euros(f, 100000);
        Types__Id *clause = put_clause(f, put)->clause_id;
        label(lived, clause, "clause", 2);
        for (unsigned i = 0; i < MEMBERS; i++) {
                lived->members[i] = owed(lived, clause, i, 0);
                label(lived, lived->members[i], "membre", i);
        }
        label(lived, lived->framework, "contrat", 2);
}

static inline void set_controlled(struct lived *lived)
{
        struct fixture *f = lived->f;
        Contracts__ContractRecord *record = record_named(lived, "Peinture");
        record->grouping = arena_text(&f->arena, "Conjoint");
        lived->contract = import(f, record)->contract_id;
        lived->clause = put_clause(f, clause_on(f, lived->contract))->clause_id;
        (void)put_plan(f, plan_on(f, lived->clause, "trimestriel"));
        lived->lead = owed(lived, lived->clause, 0, 500);
        lived->member = owed(lived, lived->clause, 1, 333);
        lived->need = declare(f, coordinator(f), need_for(f, lived->lead))->need_id;
        label(lived, lived->contract, "contrat", 0);
        label(lived, lived->clause, "clause", 0);
        label(lived, lived->lead, "mandataire", 0);
        label(lived, lived->member, "cotraitant", 0);
        label(lived, lived->need, "besoin", 0);
}

static inline void set_others(struct lived *lived)
{
        struct fixture *f = lived->f;
        lived->other = import(f, record_named(lived, "Cédé"))->contract_id;
        Types__Id *clause = put_clause(f, clause_on(f, lived->other))->clause_id;
        lived->third = owed(lived, clause, 2, 100);
        lived->declined = opened_of_ours(lived, "Sans association");
        lived->consulted = opened_of_ours(lived, "Consultation");
        Contracts__RecordAssociation association = CONTRACTS__RECORD_ASSOCIATION__INIT;
        association.contract_id = lived->declined;
        association.association = CONTRACTS__ASSOCIATION__NOT_ASSOCIATED;
        (void)fixture_get(f, facilitator(f), "RecordAssociation", &association);
        label(lived, lived->other, "contrat", 1);
        label(lived, clause, "clause", 1);
        label(lived, lived->third, "titulaire", 0);
        label(lived, lived->declined, "contrat", 3);
        label(lived, lived->consulted, "contrat", 4);
}

/* The one offer of a lot, and what it promises besides hours. */
static inline Types__Id *offered(struct lived *lived, Types__Id *contract)
{
        struct fixture *f = lived->f;
        Contracts__SubCriterion criterion = CONTRACTS__SUB_CRITERION__INIT, *criteria[] = {&criterion};
        Types__Id *readers[] = {id_to(&f->arena, passport_tool_account("", "anne")),
                                id_to(&f->arena, passport_tool_account("", "bruno"))};
        Contracts__PutAppraisalGrid grid = CONTRACTS__PUT_APPRAISAL_GRID__INIT;
        Contracts__OfferMember member = CONTRACTS__OFFER_MEMBER__INIT, *members[] = {&member};
        Contracts__Offer offer = CONTRACTS__OFFER__INIT;
        Contracts__RecordOffer record = CONTRACTS__RECORD_OFFER__INIT;
        criterion.number = 1;
        criterion.title = arena_text(&f->arena, "Accompagnement");
        criterion.weight = share_to(&f->arena, share_of_millionths(SHARE_ONE_MILLIONTHS));
        grid.contract_id = record.contract_id = contract;
        grid.lot = record.lot = 1;
        grid.scale = 20;
        grid.method = arena_text(&f->arena, "Lecture croisée");
        grid.criteria = criteria, grid.n_criteria = ARRAY_SIZE(criteria);
        grid.readers = readers, grid.n_readers = ARRAY_SIZE(readers);
        (void)fixture_get(f, facilitator(f), "PutAppraisalGrid", &grid);
        member.siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        member.name = arena_text(&f->arena, "Peintures du Lauragais");
        offer.members = members, offer.n_members = ARRAY_SIZE(members);
        offer.training_hours = whole_hours(f, 40);
        offer.tutoring = arena_text(&f->arena, "Un tuteur formé");
        record.offer = &offer;
        const Contracts__RecordOfferReply *recorded = fixture_get(f, coordinator(f), "RecordOffer", &record);
        return recorded->offer_id;
}

static inline void set_promised(struct lived *lived)
{
        struct fixture *f = lived->f;
        lived->promised = opened_of_ours(lived, "Promesses");
        Types__Id *clause = put_clause(f, clause_on(f, lived->promised))->clause_id;
        Contracts__OpenConsultation open = CONTRACTS__OPEN_CONSULTATION__INIT;
        open.contract_id = lived->promised;
        open.published_on = on(lived, 1);
        open.offers_due_on = on(lived, 40);
        (void)fixture_get(f, facilitator(f), "OpenConsultation", &open);
        Contracts__AwardContract award = CONTRACTS__AWARD_CONTRACT__INIT;
        award.contract_id = lived->promised;
        award.lot = 1;
        award.offer_id = offered(lived, lived->promised);
        award.awarded_on = on(lived, 60);
        award.decision_reference = arena_text(&f->arena, "Délibération");
        const Contracts__AwardContractReply *reply = fixture_get(f, coordinator(f), "AwardContract", &award);
        lived->promising = reply->obligations[0]->obligation_id;
        label(lived, lived->promised, "contrat", 5);
        label(lived, lived->promising, "titulaire", 1);
        label(lived, clause, "clause", 5);
        label(lived, award.offer_id, "offre", 0);
}

static inline void begin(struct lived *lived)
{
        void *state;
        *lived = (struct lived){0};
        assert_int_equal(fixture_open_in_memory(&state, &contracts_spec, NULL), 0);
        lived->f = state;
        set_controlled(lived);
        set_framework(lived);
        set_others(lived);
        set_promised(lived);
        today_is(lived->f, 2027, 2, 1);
}

static inline void end(struct lived *lived)
{
        void *state = lived->f;
        fixture_close(&state);
}

/* ---- each act as a command */

static inline Types__Day *period(struct lived *lived, uint32_t number)
{
        static const struct civil ends[] = {{2026, 3, 31}, {2026, 6, 30}};
        return day_to(&lived->f->arena, day_of_civil(ends[number % ARRAY_SIZE(ends)]));
}

static inline Contracts__LedgerDecision *letter(struct lived *lived, int32_t day)
{
        Contracts__LedgerDecision *decision = pb_new(&contracts__ledger_decision__descriptor, &lived->f->arena);
        decision->buyer_siret = arena_text(&lived->f->arena, BUYER_SIRET);
        decision->reference = arena_text(&lived->f->arena, "Courrier");
        decision->decided_on = on(lived, day);
        return decision;
}

static inline void *of_type(struct lived *lived, const ProtobufCMessageDescriptor *type)
{
        return pb_new(type, &lived->f->arena);
}

#define COMMAND(Type, type) Contracts__##Type *command = of_type(lived, &contracts__##type##__descriptor)

static inline void *hours_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        Types__Id *obligation = act->a % 2 == 0 ? lived->lead : lived->member;
        if (act->kind == AMEND) {
                COMMAND(AmendObligation, amend_obligation);
                command->obligation_id = obligation;
                command->hours = hours_to(&f->arena, hours_of_hundredths(10000 + act->b % 90000));
                command->reference = command->reason = arena_printf(&f->arena, "Avenant %u", act->a);
                command->amended_on = on(lived, act->day);
                return command;
        }
        if (act->kind == WAIVE) {
                COMMAND(WaiveHours, waive_hours);
                command->obligation_id = obligation;
                command->hours = hours_to(&f->arena, hours_of_hundredths(100 + act->b % 20000));
                command->reason = arena_text(&f->arena, "Intempéries");
                command->decision = letter(lived, act->day);
                return command;
        }
        if (act->kind == LEAVE) {
                static const Contracts__LeftHours fates[] = {CONTRACTS__LEFT_HOURS__LEFT_TAKEN_OVER,
                                                             CONTRACTS__LEFT_HOURS__LEFT_WAIVED,
                                                             CONTRACTS__LEFT_HOURS__LEFT_STILL_OWED};
                COMMAND(LeaveGroup, leave_group);
                command->obligation_id = lived->member;
                command->fate = fates[act->b % ARRAY_SIZE(fates)];
                command->leaving = CONTRACTS__LEAVING_REASON__EXCLUDED;
                command->reason = arena_printf(&f->arena, "Départ %u", act->a);
                command->left_on = on(lived, act->day);
                command->decision = letter(lived, act->day);
                if (act->b % ARRAY_SIZE(fates) != 2)
                        command->hours = hours_to(&f->arena, hours_of_hundredths(100 + act->a % 9000));
                if (act->b % ARRAY_SIZE(fates) == 0)
                        command->taker_id = lived->lead;
                return command;
        }
        if (act->kind == TAKE_OVER) { /* each of a person of its own: what is said twice is one line */
                Contracts__TakeOverHours *command = take_over(f, obligation);
                Contracts__HoursSoFar *line =
                        add_hours(f, command, 3, arena_printf(&f->arena, "%u", act->a), 1 + act->b % 200);
                line->month = month_to(&f->arena, month_of_day(day_of(on(lived, act->day))));
                command->taken_over_on = on(lived, act->day);
                return command;
        }
        COMMAND(AssignObligation, assign_obligation);
        char siret[SIRET_DIGITS + 1];
        siret_make(13002600 + act->a % 50, 1, siret);
        command->obligation_id = lived->third;
        command->contractor_siret = arena_text(&f->arena, siret);
        command->contractor_name = arena_printf(&f->arena, "Repreneur %u", act->a % 50);
        command->kind = (Contracts__AssignmentKind)(act->b % 3); /* not told, a cession, a merger */
        command->reference = arena_text(&f->arena, "Acte");
        command->assigned_on = on(lived, act->day);
        return command;
}

static inline void *framework_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        Types__Id *member = lived->members[act->a % MEMBERS];
        Types__Money *amount = euros(f, (int64_t)(act->b % 90000) - 9000);
        if (act->kind == ORDER) {
                COMMAND(RecordOrder, record_order);
                command->obligation_id = member;
                command->kind = CONTRACTS__ORDER_KIND__PURCHASE_ORDER;
                command->number = arena_printf(&f->arena, "BC %u", act->a);
                command->starts_on = on(lived, act->day);
                command->ends_on = on(lived, act->day + 30);
                command->amount = amount;
                return command;
        }
        COMMAND(RecordContractInvoice, record_contract_invoice);
        command->obligation_id = member;
        command->number = arena_printf(&f->arena, "FA %u", act->a);
        command->dated = on(lived, act->day);
        command->amount = amount;
        return command;
}

static inline void *transfer_command(struct lived *lived, const struct act *act)
{
        if (act->kind == PROPOSE_TRANSFER) {
                COMMAND(ProposeTransfer, propose_transfer);
                command->from_obligation_id = act->a % 2 == 0 ? lived->lead : lived->member;
                command->to_obligation_id = act->a % 2 == 0 ? lived->member : lived->lead;
                command->hours = hours_to(&lived->f->arena, hours_of_hundredths(100 + act->b % 9000));
                command->reason = arena_text(&lived->f->arena, "Équipe en place");
                command->proposed_on = on(lived, act->day);
                return command;
        }
        COMMAND(AgreeTransfer, agree_transfer);
        command->transfer_id = lived->made[act->of];
        command->decision = letter(lived, act->day);
        return command;
}

/* A tranche, or a renewal that begins two months after it was told; ranks meet, so that some are refused. */
static inline void *part_command(struct lived *lived, const struct act *act)
{
        if (act->kind == PUT_PART) {
                COMMAND(PutContractPart, put_contract_part);
                bool is_renewal = act->b % 3 != 0;
                command->contract_id = lived->contract;
                command->kind = (Contracts__PartKind)(CONTRACTS__PART_KIND__OPTIONAL_TRANCHE + act->b % 3);
                command->rank = 1 + act->a % 3;
                command->decide_by = on(lived, act->day + 40);
                command->starts_on = is_renewal ? on(lived, act->day + 60) : NULL;
                command->ends_on = is_renewal ? on(lived, act->day + 400) : NULL;
                part_adds(lived->f, command, act->a % 2 == 0 ? lived->lead : lived->member, 1 + act->b % 90);
                return command;
        }
        COMMAND(DecideContractPart, decide_contract_part);
        command->contract_id = lived->contract;
        command->kind = (Contracts__PartKind)(CONTRACTS__PART_KIND__OPTIONAL_TRANCHE + lived->part_b[act->of] % 3);
        command->rank = 1 + lived->part_a[act->of] % 3;
        command->choice =
                act->a % 2 == 0 ? CONTRACTS__PART_CHOICE__PART_AFFIRMED : CONTRACTS__PART_CHOICE__PART_GIVEN_UP;
        command->decision = letter(lived, act->day);
        return command;
}

static inline void *execution_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        if (act->kind == STATEMENT) {
                static const char *const documents[] = {"HOURS_STATEMENT", "WORK_CONTRACT",
                                                        "HOURS_STATEMENT WORK_CONTRACT"};
                Contracts__RecordStatement *command =
                        statement(f, lived->lead, period(lived, act->a), documents[act->b % ARRAY_SIZE(documents)]);
                command->received_on = on(lived, act->day);
                return command;
        }
        if (act->kind == DIFFICULTY) {
                Contracts__DeclareDifficulty *command = difficulty_of(f, lived->lead);
                command->letter_on = on(lived, act->day);
                return command;
        }
        if (act->kind == PAUSE) {
                Contracts__DecideRelief *command = relief_of(f, lived->lead, SUSPEND);
                command->from = on(lived, act->day);
                command->to = act->a % 2 == 0 ? NULL : on(lived, act->day + 1 + (int32_t)(act->b % 40));
                command->whole_contract = act->b % 2 == 0;
                command->decided_on = on(lived, act->day);
                command->reference = arena_printf(&f->arena, "Décision %u", act->a);
                return command;
        }
        if (act->kind == STOP) {
                Contracts__SuspendExecution *command =
                        order_to_stop(f, lived->contract, on(lived, act->day),
                                      act->b % 2 == 0 ? NULL : on(lived, act->day + 1 + (int32_t)(act->b % 40)));
                command->lot = act->a % 3 == 0;
                command->obligation_id = act->a % 3 == 1 ? lived->member : NULL;
                command->ordered_on = on(lived, act->day);
                command->reference = arena_printf(&f->arena, "Ordre %u", act->a);
                return command;
        }
        if (act->kind == GO_ON) {
                Contracts__ResumeExecution *command = resumption_of(f, lived->contract, on(lived, act->day));
                command->obligation_id = act->a % 4 == 0 ? lived->member : NULL;
                return command;
        }
        Contracts__EndContract *command = end_of(f, lived->other,
                                                 act->a % 2 == 0 ? CONTRACTS__CONTRACT_END_KIND__END_COMPLETED
                                                                 : CONTRACTS__CONTRACT_END_KIND__END_NOT_RENEWED);
        command->ended_on = on(lived, act->day);
        return command;
}

static inline void *promise_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        bool is_training = act->a % 2 == 0;
        if (act->kind == PROMISE) {
                COMMAND(RecordPromise, record_promise);
                command->obligation_id = lived->promising;
                command->kind = is_training ? CONTRACTS__PROMISE_KIND__TRAINING_PROMISE
                                            : CONTRACTS__PROMISE_KIND__TUTORING_PROMISE;
                command->hours = is_training ? whole_hours(f, 1 + act->b % 20) : NULL;
                command->whole = !is_training && act->b % 2 == 0;
                command->done_on = on(lived, act->day);
                command->proof = arena_printf(&f->arena, "Attestation %u", act->a);
                return command;
        }
        COMMAND(DatePromise, date_promise);
        command->obligation_id = lived->promising;
        command->kind =
                is_training ? CONTRACTS__PROMISE_KIND__TRAINING_PROMISE : CONTRACTS__PROMISE_KIND__TUTORING_PROMISE;
        command->due_on = on(lived, act->day + 100);
        command->agreed_on = on(lived, act->day);
        command->reason = arena_printf(&f->arena, "Réunion %u", act->a);
        return command;
}

static inline void *subcontract_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        if (act->kind == DECLARE_SUBCONTRACT) {
                COMMAND(DeclareSubcontract, declare_subcontract);
                command->obligation_id = act->a % 2 == 0 ? lived->lead : lived->member;
                command->subcontractor_siret = arena_text(&f->arena, STRUCTURE_SIRET);
                command->subcontractor_name = arena_text(&f->arena, "Structure");
                command->nature = arena_printf(&f->arena, "Lot %u", act->a);
                command->amount = euros(f, 1 + act->b % 90000);
                command->declared_on = on(lived, act->day);
                return command;
        }
        if (act->kind == DECIDE_SUBCONTRACT) {
                COMMAND(DecideSubcontract, decide_subcontract);
                command->subcontract_id = lived->made[act->of];
                command->choice = act->a % 3 == 0 ? CONTRACTS__SUBCONTRACT_CHOICE__CHOICE_REFUSE
                                                  : CONTRACTS__SUBCONTRACT_CHOICE__CHOICE_ACCEPT;
                command->reason = arena_printf(&f->arena, "Analyse %u", act->a);
                command->decision = letter(lived, act->day);
                return command;
        }
        COMMAND(AmendSubcontract, amend_subcontract);
        command->subcontract_id = lived->made[act->of];
        command->amount = euros(f, 1 + act->b % 90000);
        command->reason = arena_printf(&f->arena, "Acte modificatif %u", act->a);
        command->decision = letter(lived, act->day);
        return command;
}

static inline void *other_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        if (act->kind == REFER) {
                COMMAND(ReferMatter, refer_matter);
                command->contract_id = lived->other;
                command->subject = arena_printf(&f->arena, "Réemploi %u", act->a);
                command->referred_on = on(lived, act->day);
                return command;
        }
        if (act->kind == CLOSE_REFERRAL) {
                COMMAND(CloseReferral, close_referral);
                command->referral_id = lived->made[act->of];
                command->outcome = CONTRACTS__REFERRAL_OUTCOME__REFERRAL_ANSWERED;
                command->text = arena_text(&f->arena, "Oui");
                command->closed_on = on(lived, act->day);
                return command;
        }
        COMMAND(CloseNeed, close_need);
        command->need_id = lived->need;
        command->state = CONTRACTS__NEED_STATE__NEED_FILLED;
        command->filled = 1 + act->a % 2;
        command->closed_on = on(lived, act->day);
        return command;
}

static inline void *contract_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        if (act->kind == DECLINE) {
                COMMAND(DeclineContract, decline_contract);
                command->contract_id = lived->declined;
                command->reason = CONTRACTS__DECLINE_REASON__NAMED_WITHOUT_NOTICE;
                command->text = arena_printf(&f->arena, "Découvert %u", act->a);
                command->declined_on = on(lived, act->day);
                return command;
        }
        if (act->kind == RESUME_CONTRACT) {
                COMMAND(ResumeContract, resume_contract);
                command->contract_id = lived->declined;
                command->regularised_on = on(lived, act->day);
                command->text = arena_printf(&f->arena, "Régularisé %u", act->a);
                return command;
        }
        if (act->kind == OPEN_CONSULTATION) {
                COMMAND(OpenConsultation, open_consultation);
                command->contract_id = lived->consulted;
                command->published_on = on(lived, act->day);
                command->offers_due_on = on(lived, act->day + 20 + (int32_t)(act->a % 20));
                return command;
        }
        COMMAND(AwardContract, award_contract);
        command->contract_id = lived->consulted;
        command->lot = 1;
        command->awarded_on = on(lived, act->day);
        command->decision_reference = arena_printf(&f->arena, "Délibération %u", act->a);
        command->winners = arena_zalloc(&f->arena, sizeof(*command->winners));
        command->winners[0] = of_type(lived, &contracts__offer_member__descriptor);
        command->winners[0]->siret = arena_text(&f->arena, CONTRACTOR_SIRET);
        command->winners[0]->name = arena_text(&f->arena, "Peintures du Lauragais");
        command->n_winners = 1;
        return command;
}

static inline void *case_command(struct lived *lived, const struct act *act)
{
        struct fixture *f = lived->f;
        Types__Id *case_id = lived->made[act->of];
        Types__Day *day = on(lived, act->day);
        switch (act->kind) {
        case OPEN_CASE: {
                Contracts__OpenCase *command = opening_of(f, lived->member, LATE, period(lived, act->a));
                command->opened_on = day;
                return command;
        }
        case REMIND: {
                Contracts__RecordReminder *command = reminder_in(f, case_id);
                command->sent_on = day;
                return command;
        }
        case WARN: {
                Contracts__WarnBuyer *command = warning_of(f, case_id);
                command->warned_on = day;
                return command;
        }
        case DRAFT_NOTICE: {
                Contracts__DraftFormalNotice *command = draft_of(f, case_id);
                command->drafted_on = day;
                return command;
        }
        case SERVE: {
                Contracts__ServeFormalNotice *command = notice_of(f, case_id);
                command->served_on = day;
                return command;
        }
        case OBSERVE: {
                Contracts__RecordObservations *command = observations_on(f, case_id);
                command->received_on = day;
                command->text = arena_printf(&f->arena, "Observation %u", act->a);
                return command;
        }
        case PROPOSE_PENALTY: {
                Contracts__ProposePenalty *command = proposal_on(f, case_id, CONTRACTS__PROPOSAL_KIND__PROPOSE_FULL);
                command->proposed_on = day;
                return command;
        }
        case DECIDE: {
                Contracts__RecordBuyerDecision *command =
                        copy_of(f, decision_on(f, case_id, CONTRACTS__BUYER_CHOICE__CHOICE_WAIVE));
                command->decided_on = day;
                return command;
        }
        default: {
                Contracts__CloseCase *command = closing_of(f, case_id, CONTRACTS__CASE_OUTCOME__SETTLED);
                command->closed_on = day;
                return command;
        }
        }
}

static inline void *command_of(struct lived *lived, const struct act *act)
{
        switch (act->kind) {
        case AMEND:
        case WAIVE:
        case LEAVE:
        case TAKE_OVER:
        case ASSIGN: return hours_command(lived, act);
        case ORDER:
        case INVOICE: return framework_command(lived, act);
        case PROPOSE_TRANSFER:
        case AGREE_TRANSFER: return transfer_command(lived, act);
        case PUT_PART:
        case DECIDE_PART: return part_command(lived, act);
        case STATEMENT:
        case DIFFICULTY:
        case PAUSE:
        case STOP:
        case GO_ON:
        case END: return execution_command(lived, act);
        case PROMISE:
        case DATE: return promise_command(lived, act);
        case DECLARE_SUBCONTRACT:
        case DECIDE_SUBCONTRACT:
        case AMEND_SUBCONTRACT: return subcontract_command(lived, act);
        case REFER:
        case CLOSE_REFERRAL:
        case CLOSE_NEED: return other_command(lived, act);
        case DECLINE:
        case RESUME_CONTRACT:
        case OPEN_CONSULTATION:
        case AWARD: return contract_command(lived, act);
        default: return case_command(lived, act);
        }
}

/* In whose history the act stands. */
static inline Types__Id *file_of(const struct lived *lived, const struct act *act)
{
        switch (act->kind) {
        case ORDER:
        case INVOICE: return lived->framework;
        case ASSIGN:
        case END:
        case REFER:
        case CLOSE_REFERRAL: return lived->other;
        case PROMISE:
        case DATE: return lived->promised;
        case DECLINE:
        case RESUME_CONTRACT: return lived->declined;
        case OPEN_CONSULTATION:
        case AWARD: return lived->consulted;
        default: return lived->contract;
        }
}

static inline Types__Id *made_by(const struct act *act, const void *reply)
{
        switch (act->kind) {
        case OPEN_CASE: return ((const Contracts__OpenCaseReply *)reply)->case_id;
        case PROPOSE_TRANSFER: return ((const Contracts__ProposeTransferReply *)reply)->transfer_id;
        case PUT_PART: return ((const Contracts__PutContractPartReply *)reply)->contract_id;
        case REFER: return ((const Contracts__ReferMatterReply *)reply)->referral_id;
        case ORDER: return ((const Contracts__RecordOrderReply *)reply)->order_id;
        case INVOICE: return ((const Contracts__RecordContractInvoiceReply *)reply)->invoice_id;
        case DECLARE_SUBCONTRACT: return ((const Contracts__DeclareSubcontractReply *)reply)->subcontract_id;
        default: return NULL;
        }
}

static inline void label_made(struct lived *lived, size_t i, const struct act *act, const void *reply)
{
        lived->made[i] = made_by(act, reply);
        lived->part_a[i] = act->a;
        lived->part_b[i] = act->b;
        if (lived->made[i] != NULL && act->kind != PUT_PART)
                label(lived, lived->made[i], "acte", i);
        if (act->kind != AWARD)
                return;
        const Contracts__AwardContractReply *award = reply;
        label(lived, award->clause_id, "clause de", i);
        label(lived, award->obligations[0]->obligation_id, "dû de", i);
}

#endif
