#include "services/contracts/consultation/deadline.h"

#include "common/base/french.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

static struct day days_before(struct day day, uint32_t days)
{
        return day_of_number(day_number(day) - (int32_t)days);
}

static const Contracts__InformationDelay *delay_of(const Contracts__ConsultationVersion *rules,
                                                   Contracts__ContractKind kind)
{
        switch (kind) {
        case CONTRACTS__CONTRACT_KIND__CONCESSION: return rules->concession;
        case CONTRACTS__CONTRACT_KIND__PRIVATE: return rules->private_contract;
        default: return rules->information;
        }
}

bool deadline_information(const struct consultation_dates *dates, const Contracts__ConsultationVersion *rules,
                          struct day *ret, struct refusal *ret_refusal)
{
        if (dates->offers_due_on->days <= dates->published_on->days)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "offers_due_on",
                              "La remise des offres vient après la publication : corrigez l'un des deux jours.");
        if (dates->information_due_on == NULL) {
                const Contracts__InformationDelay *delay = delay_of(rules, dates->kind);
                *ret = days_before(day_of(dates->offers_due_on), dates->urgent ? delay->urgent_days : delay->days);
                return true;
        }
        if (dates->information_due_on->days < dates->published_on->days ||
            dates->information_due_on->days > dates->offers_due_on->days)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "information_due_on",
                              "Le dernier jour des renseignements complémentaires doit tomber entre la publication et "
                              "la remise des offres : corrigez-le, ou laissez-le vide pour appliquer la règle.");
        *ret = day_of(dates->information_due_on);
        return true;
}

struct day deadline_answer(const Contracts__ConsultationRow *row, const Contracts__ConsultationVersion *rules,
                           struct day received_on)
{
        struct day last = day_of(row->information_due_on);
        struct day due = days_before(last, rules->send_to_buyer->days);
        /* What came too late for that is wanted at once, and by the last day if that is still to come. */
        if (day_number(received_on) <= day_number(due))
                return due;
        return day_number(received_on) <= day_number(last) ? last : received_on;
}

Contracts__DeadlineState deadline_state(const Contracts__ConsultationVersion *rules, struct day due, struct day today,
                                        bool kept)
{
        int32_t left = day_number(due) - day_number(today);
        if (kept)
                return CONTRACTS__DEADLINE_STATE__DEADLINE_KEPT;
        if (left < 0)
                return CONTRACTS__DEADLINE_STATE__DEADLINE_LATE;
        return left <= (int32_t)rules->soon->days ? CONTRACTS__DEADLINE_STATE__DEADLINE_SOON
                                                  : CONTRACTS__DEADLINE_STATE__DEADLINE_COMING;
}

char *deadline_source(const Contracts__ConsultationRow *row, Contracts__ContractKind kind,
                      const Contracts__ConsultationVersion *rules, struct arena *arena)
{
        return row->information_set ? arena_text(arena, "documents de la consultation")
                                    : arena_text(arena, delay_of(rules, kind)->source);
}

void deadline_warn(Contracts__ConsultationView *view, struct arena *arena)
{
        const char *last = french_day(arena, day_of(view->information_due_on));
        const char *pending = french_count(arena, view->pending, "question");

        if (view->information_due_on->days < view->published_on->days)
                pb_append_text(
                        &view->warnings, &view->n_warnings,
                        arena_printf(arena,
                                     "Le délai de remise des offres est trop court pour que des renseignements soient "
                                     "donnés : leur dernier jour, le %s, précède la publication.",
                                     last),
                        arena);
        if (view->pending == 0)
                return;
        if (view->information_state == CONTRACTS__DEADLINE_STATE__DEADLINE_SOON)
                pb_append_text(
                        &view->warnings, &view->n_warnings,
                        arena_printf(arena,
                                     "%s sans réponse publiée : l'acheteur doit la publier à tous au plus tard le %s.",
                                     pending, last),
                        arena);
        if (view->information_state == CONTRACTS__DEADLINE_STATE__DEADLINE_LATE)
                pb_append_text(
                        &view->warnings, &view->n_warnings,
                        arena_printf(arena,
                                     "%s sans réponse publiée alors que le dernier jour, le %s, est passé : l'acheteur "
                                     "peut reporter la remise des offres (PostponeOffers), ou la question est écartée.",
                                     pending, last),
                        arena);
}
