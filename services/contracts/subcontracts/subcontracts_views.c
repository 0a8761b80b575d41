/* Subcontractors of a contract as queries, the page of facts and the final statement show them. Acts cover the invoices
 * of their company under all that the same holder owes of the contract; establishments of one SIREN are one company. */
#include "services/contracts/subcontracts/subcontracts.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/french.h"
#include "common/base/siret.h"
#include "common/codec/french_names.h"
#include "services/contracts/agreements/letterhead.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/publication/publication.h"
#include "services/contracts/publication/publication_rows.h"
#include "services/contracts/record/versions.h"
#include "services/contracts/subcontracts/subcontract.h"
#include "services/contracts/subcontracts/subcontracts_rows.h"

/* ---- what is looked at: of the obligations that the reader may see */

struct invoiced {
        const Contracts__StructureInvoice *invoice;
        const char *holder; /* SIRET */
        char *structure;    /* the same; "": the directory has none */
        Types__Id *obligation_id;
};
struct looked_at {
        const struct work *work;
        struct id contract;
        const Contracts__ObligationRecorded **obligations;
        size_t obligation_count;
        Contracts__SubcontractRow **acts; /* oldest first */
        const char **holders;             /* of each act */
        size_t act_count;
        struct invoiced *invoices; /* by holder, structure, day */
        size_t invoice_count;
        Contracts__SubcontractsReply *reply;
};

static void add_invoices(struct looked_at *at, const Contracts__ObligationRecorded *obligation)
{
        const struct work *work = at->work;
        struct walk walk;
        structure_invoice_walk(work->txn, id_of(obligation->obligation_id), &walk);
        while (walk_step(&walk)) {
                const Contracts__StructureInvoice *invoice = structure_invoice_read(&walk, work->arena);
                if (invoice == NULL || invoice->cancelled || invoice->dated == NULL)
                        continue;
                struct invoiced one = {invoice, obligation->contractor_siret,
                                       arena_zalloc(work->arena, SIRET_TEXT_SIZE), obligation->obligation_id};
                (void)contracts_organisation_siret(work->txn, id_of(invoice->structure), one.structure);
                at->invoices = pb_append(at->invoices, &at->invoice_count, sizeof(one), work->arena);
                at->invoices[at->invoice_count - 1] = one;
        }
        walk_end(&walk);
}

static void add_obligations(struct looked_at *at)
{
        const struct work *work = at->work;
        struct walk walk;
        struct id id;
        contracts_walk_obligations_of_contract(work->txn, at->contract, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__ObligationRecorded *one = contracts_obligation_find(work->txn, work->arena, id);
                /* Security: a company sees what it owes itself, not the other members of a group. */
                if (one == NULL || !access_obligation(work, one))
                        continue;
                at->obligations =
                        pb_append(at->obligations, &at->obligation_count, sizeof(*at->obligations), work->arena);
                at->obligations[at->obligation_count - 1] = one;
                add_invoices(at, one);
        }
        walk_end(&walk);
}

static const char *holder_of(const struct looked_at *at, const Contracts__SubcontractRow *row)
{
        for (size_t i = 0; i < at->obligation_count; i++)
                if (id_equal(id_of(at->obligations[i]->obligation_id), id_of(row->declared->obligation_id)))
                        return at->obligations[i]->contractor_siret;
        return NULL;
}

static void add_acts(struct looked_at *at)
{
        const struct work *work = at->work;
        struct walk walk;
        struct id id;
        contracts_about_walk(work->txn, at->contract, ABOUT_SUBCONTRACT, &walk);
        while (walk_next(&walk, &id) && at->act_count < SUBCONTRACTS_MAX) {
                Contracts__SubcontractRow *row = subcontract_find(work->txn, work->arena, id);
                const char *holder = row == NULL ? NULL : holder_of(at, row);
                if (holder == NULL)
                        continue;
                size_t count = at->act_count;
                at->acts = pb_append(at->acts, &count, sizeof(*at->acts), work->arena);
                at->holders = pb_append(at->holders, &at->act_count, sizeof(*at->holders), work->arena);
                at->acts[count - 1] = row;
                at->holders[count - 1] = holder;
        }
        walk_end(&walk);
}

static int by_company_and_day(const void *a, const void *b)
{
        const struct invoiced *one = a, *other = b;
        struct id id = id_of(one->invoice->invoice_id), other_id = id_of(other->invoice->invoice_id);
        int order = strncmp(one->holder, other->holder, SIREN_DIGITS);
        if (order == 0)
                order = strncmp(one->structure, other->structure, SIREN_DIGITS);
        if (order == 0)
                order = (one->invoice->dated->days > other->invoice->dated->days) -
                        (one->invoice->dated->days < other->invoice->dated->days);
        return order != 0 ? order : memcmp(&id, &other_id, sizeof(id));
}

/* ---- findings */

static Contracts__SubcontractFinding *add_finding(struct looked_at *at, Contracts__SubcontractFindingKind kind,
                                                  const char *siret, const Types__Day *on)
{
        const struct work *work = at->work;
        Contracts__SubcontractsReply *reply = at->reply;
        Contracts__SubcontractFinding *finding = pb_new(&contracts__subcontract_finding__descriptor, work->arena);
        finding->kind = kind;
        finding->siret = arena_text(work->arena, siret);
        finding->on = on == NULL ? NULL : day_to(work->arena, day_of(on));
        reply->findings = pb_append(reply->findings, &reply->n_findings, sizeof(finding), work->arena);
        reply->findings[reply->n_findings - 1] = finding;
        return finding;
}

/* A structure that owes hours of the contract itself is a member of the group, and nobody's subcontractor. */
static bool is_member(const struct looked_at *at, const char *siret)
{
        for (size_t i = 0; i < at->obligation_count; i++)
                if (subcontract_same_company(at->obligations[i]->contractor_siret, siret))
                        return true;
        return false;
}

static const char *named(const struct looked_at *at, const char *siret)
{
        static char none[] = "une structure dont l'annuaire n'a pas le SIRET";
        return siret[0] == '\0' ? none : letterhead_name(at->work, siret, arena_text(at->work->arena, ""));
}

static struct subcontract_acts acts_of(const struct looked_at *at, const char *holder)
{
        Contracts__SubcontractRow **own = arena_alloc(at->work->arena, (at->act_count + 1) * sizeof(*own));
        struct subcontract_acts acts = {own, 0};
        for (size_t i = 0; i < at->act_count; i++)
                if (strncmp(at->holders[i], holder, SIREN_DIGITS) == 0)
                        own[acts.count++] = at->acts[i];
        return acts;
}

/* `so_far`: what the company has invoiced to the holder, this one included. */
static void judge(struct looked_at *at, const struct subcontract_acts *acts, const struct invoiced *one, int64_t so_far)
{
        struct arena *arena = at->work->arena;
        const Contracts__StructureInvoice *invoice = one->invoice;
        struct subcontract_cover cover = subcontract_cover(acts, one->structure, day_of(invoice->dated));
        Contracts__SubcontractFinding *finding;
        const char *told = arena_printf(arena, "Facture %s du %s de %s, %s", invoice->number,
                                        french_day(arena, day_of(invoice->dated)), named(at, one->structure),
                                        french_money(arena, money_of(invoice->amount)));
        if (!cover.is_declared) {
                finding = add_finding(at, CONTRACTS__SUBCONTRACT_FINDING_KIND__NEVER_DECLARED, one->structure,
                                      invoice->dated);
                finding->text = arena_printf(arena, "%s : ce sous-traitant n'a pas été déclaré à l'acheteur.", told);
        } else if (!cover.is_accepted) {
                finding = add_finding(at, CONTRACTS__SUBCONTRACT_FINDING_KIND__NOT_ACCEPTED_THEN, one->structure,
                                      invoice->dated);
                finding->text = cover.has_accepted_on
                                        ? arena_printf(arena, "%s : ce sous-traitant n'est accepté que le %s.", told,
                                                       french_day(arena, cover.accepted_on))
                                        : arena_printf(arena, "%s : l'acheteur a refusé ce sous-traitant.", told);
        } else if (so_far > money_cents(cover.amount)) {
                finding = add_finding(at, CONTRACTS__SUBCONTRACT_FINDING_KIND__BEYOND_ACCEPTED_AMOUNT, one->structure,
                                      invoice->dated);
                finding->text = arena_printf(
                        arena, "%s : %s facturés en tout, pour %s acceptés ; il faut un acte modificatif.", told,
                        french_money(arena, money_of_cents(so_far)), french_money(arena, cover.amount));
        } else {
                return;
        }
        finding->obligation_id = one->obligation_id;
}

static bool is_of_same(const struct invoiced *one, const struct invoiced *other)
{
        return strncmp(one->holder, other->holder, SIREN_DIGITS) == 0 &&
               strncmp(one->structure, other->structure, SIREN_DIGITS) == 0;
}

static void judge_invoices(struct looked_at *at)
{
        struct subcontract_acts acts = {NULL, 0};
        int64_t so_far = 0;
        if (at->invoice_count > 0)
                qsort(at->invoices, at->invoice_count, sizeof(*at->invoices), by_company_and_day);
        for (size_t i = 0; i < at->invoice_count; i++) {
                const struct invoiced *one = &at->invoices[i];
                if (i == 0 || strncmp(at->invoices[i - 1].holder, one->holder, SIREN_DIGITS) != 0)
                        acts = acts_of(at, one->holder);
                if (i == 0 || !is_of_same(&at->invoices[i - 1], one))
                        so_far = 0;
                so_far += money_cents(money_of(one->invoice->amount)); /* each is bounded */
                if (!is_member(at, one->structure))
                        judge(at, &acts, one, so_far);
        }
}

/* ---- beside the publication */

static bool is_published(const Contracts__ContractRecord *published, const char *siret)
{
        for (size_t i = 0; published != NULL && i < published->n_subcontracts; i++) {
                const Contracts__CompanyId *company = published->subcontracts[i]->subcontractor;
                if (company != NULL && subcontract_same_company(company->value, siret))
                        return true;
        }
        return false;
}

static void find_only_published(struct looked_at *at, const Contracts__ContractRecord *published)
{
        struct arena *arena = at->work->arena;
        for (size_t i = 0; i < published->n_subcontracts; i++) {
                const Contracts__Subcontract *act = published->subcontracts[i];
                bool is_known = act->subcontractor == NULL || act->subcontractor->value[0] == '\0';
                for (size_t n = 0; n < at->act_count && !is_known; n++)
                        is_known = subcontract_same_company(at->acts[n]->declared->subcontractor_siret,
                                                            act->subcontractor->value);
                if (is_known)
                        continue;
                Contracts__SubcontractFinding *finding =
                        add_finding(at, CONTRACTS__SUBCONTRACT_FINDING_KIND__ONLY_PUBLISHED, act->subcontractor->value,
                                    act->notified_on);
                finding->text = arena_printf(arena,
                                             "L'acheteur a publié un acte de sous-traitance de %s%s%s, qui n'est "
                                             "pas déclaré ici : notez-le (DeclareSubcontract).",
                                             named(at, act->subcontractor->value), act->amount == NULL ? "" : ", ",
                                             act->amount == NULL ? "" : french_money(arena, money_of(act->amount)));
        }
}

/* An act is published within the delay of the contract's own data. */
static void find_not_published(struct looked_at *at, const Contracts__ContractRecord *published)
{
        const struct work *work = at->work;
        for (size_t i = 0; i < at->act_count; i++) {
                const Contracts__SubcontractDeclared *declared = at->acts[i]->declared;
                struct day accepted;
                if (!subcontract_accepted_on(at->acts[i], &accepted) ||
                    is_published(published, declared->subcontractor_siret))
                        continue;
                const Contracts__PublicationVersion *rules = rules_on(work, DATED_PUBLICATION, accepted);
                if (day_number(day_add_months(accepted, (int)rules->delay_months)) >= day_number(work->today))
                        continue;
                Contracts__SubcontractFinding *finding =
                        add_finding(at, CONTRACTS__SUBCONTRACT_FINDING_KIND__NOT_PUBLISHED,
                                    declared->subcontractor_siret, day_to(work->arena, accepted));
                finding->obligation_id = declared->obligation_id;
                finding->text =
                        arena_printf(work->arena,
                                     "%s, sous-traitant accepté le %s, n'est pas dans la publication de "
                                     "l'acheteur, due depuis deux mois au moins.",
                                     letterhead_name(work, declared->subcontractor_siret, declared->subcontractor_name),
                                     french_day(work->arena, accepted));
        }
}

/* ---- views */

static void add_sums(const struct looked_at *at, size_t act, Contracts__SubcontractView *view)
{
        int64_t cents = 0, hundredths = 0;
        for (size_t i = 0; i < at->invoice_count; i++) {
                const struct invoiced *one = &at->invoices[i];
                if (strncmp(one->holder, at->holders[act], SIREN_DIGITS) != 0 ||
                    !subcontract_same_company(one->structure, view->subcontractor_siret))
                        continue;
                cents += money_cents(money_of(one->invoice->amount));
                hundredths += hours_hundredths(hours_of(one->invoice->hours));
        }
        view->invoiced = money_to(at->work->arena, money_of_cents(cents));
        view->hours = hours_to(at->work->arena, hours_of_hundredths(hundredths));
}

static Contracts__SubcontractView *view_of(const struct looked_at *at, size_t act,
                                           const Contracts__ContractRecord *published)
{
        const struct work *work = at->work;
        const Contracts__SubcontractRow *row = at->acts[act];
        const Contracts__SubcontractDeclared *declared = row->declared;
        Contracts__SubcontractView *view = pb_new(&contracts__subcontract_view__descriptor, work->arena);
        struct day accepted;

        view->subcontract_id = declared->subcontract_id;
        view->obligation_id = declared->obligation_id;
        view->subcontractor_siret = declared->subcontractor_siret;
        view->subcontractor_name = declared->subcontractor_name;
        view->nature = declared->nature;
        view->amount = money_to(work->arena, subcontract_amount(row, work->today));
        view->payment_terms = declared->payment_terms;
        view->paid_by_buyer = declared->paid_by_buyer;
        view->declared_on = declared->declared_on;
        view->reference = declared->reference;
        view->state = subcontract_state(row, work->today);
        view->tacit_on = row->decided == NULL ? declared->tacit_on : NULL;
        if (subcontract_accepted_on(row, &accepted) && day_number(accepted) <= day_number(work->today))
                view->accepted_on = day_to(work->arena, accepted);
        view->published = is_published(published, declared->subcontractor_siret);
        view->version = contracts_version(work->txn, THING_SUBCONTRACT, id_of(declared->subcontract_id));
        add_sums(at, act, view);
        return view;
}

Contracts__SubcontractsReply *subcontracts_view(const struct work *work, struct id contract,
                                                const Contracts__ContractRecord *record)
{
        struct looked_at at = {.work = work,
                               .contract = contract,
                               .reply = pb_new(&contracts__subcontracts_reply__descriptor, work->arena)};
        struct id published_id;
        const Contracts__ContractRecord *published = publication_find(work, contract, record, &published_id);
        add_obligations(&at);
        add_acts(&at);
        judge_invoices(&at);
        /* Security: acts of other members of a group are not a company's to read. */
        if (published != NULL && work->actor->role != TYPES__ROLE__COMPANY) {
                find_only_published(&at, published);
                find_not_published(&at, published);
        }
        at.reply->subcontracts = arena_alloc(work->arena, (at.act_count + 1) * sizeof(*at.reply->subcontracts));
        for (size_t i = 0; i < at.act_count; i++)
                at.reply->subcontracts[at.reply->n_subcontracts++] = view_of(&at, i, published);
        return at.reply;
}

char *subcontract_told(const struct work *work, const Contracts__SubcontractView *view)
{
        struct arena *arena = work->arena;
        const char *state =
                view->accepted_on == NULL
                        ? french_value(&contracts__subcontract_state__descriptor, (int32_t)view->state)
                        : arena_printf(arena, "%s le %s",
                                       french_value(&contracts__subcontract_state__descriptor, (int32_t)view->state),
                                       french_day(arena, day_of(view->accepted_on)));
        return arena_printf(arena, "%s, pour %s : %s, %s au plus, %s ; %s facturés, %s",
                            letterhead_name(work, view->subcontractor_siret, view->subcontractor_name), view->nature,
                            state, french_money(arena, money_of(view->amount)),
                            view->paid_by_buyer ? "paiement direct par l'acheteur" : "payé par le titulaire",
                            french_money(arena, money_of(view->invoiced)), french_hours(arena, hours_of(view->hours)));
}
