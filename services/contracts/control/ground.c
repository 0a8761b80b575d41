#include "services/contracts/control/ground.h"

#include "services/contracts/control/penalty.h"
#include "services/contracts/control/promises.h"

static bool not_so(struct refusal *ret_refusal, const char *text)
{
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "ground", "%s", text);
}

static bool statement_stands(const struct work *work, const struct loaded_control *loaded, Contracts__CaseGround ground,
                             const Types__Day *period_end, struct refusal *ret_refusal)
{
        struct period period;
        char text[DAY_TEXT_SIZE], **missing;

        if (!loaded_control_period(loaded, period_end, &period, ret_refusal))
                return false;
        if (day_number(work->today) <= day_number(period.due)) {
                day_format(period.due, text);
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "period_end",
                              "Ce relevé n'est dû que le %s : il n'est pas encore en retard.", text);
        }
        const Contracts__StatementRow *row =
                control_statement_find(work->txn, work->arena, id_of(loaded->obligation->obligation_id), period.end);
        bool has_come = row != NULL && row->received_on != NULL;
        if (ground == CONTRACTS__CASE_GROUND__LATE_STATEMENT)
                return !has_come ||
                       not_so(ret_refusal, "Ce relevé est parvenu ; s'il y manque un document, le motif est "
                                           "MISSING_DOCUMENT.");
        if (!has_come)
                return not_so(ret_refusal, "Rien n'est parvenu pour cette période : le motif est LATE_STATEMENT.");
        return loaded_control_missing(loaded, &period, row, work->arena, &missing) > 0 ||
               not_so(ret_refusal, "Tous les documents de cette période sont parvenus.");
}

static bool is_slow(const struct loaded_control *loaded)
{
        return loaded->pace.light == CONTRACTS__PROGRESS_LIGHT__LIGHT_ORANGE ||
               loaded->pace.light == CONTRACTS__PROGRESS_LIGHT__LIGHT_RED;
}

static bool hours_stand(const struct work *work, const struct loaded_control *loaded, Contracts__CaseGround ground,
                        struct refusal *ret_refusal)
{
        bool is_over = day_number(work->today) > day_number(loaded->span.end);
        bool is_done = hours_hundredths(loaded->pace.owed) <= hours_hundredths(loaded->pace.done);

        if (is_done)
                return not_so(ret_refusal, "Toutes les heures dues sont réalisées.");
        if (ground == CONTRACTS__CASE_GROUND__HOURS_NOT_DONE)
                return is_over || not_so(ret_refusal, "Le contrat n'est pas à son terme : d'ici là, le motif est "
                                                      "INSUFFICIENT_PROGRESS.");
        if (is_over)
                return not_so(ret_refusal, "Le contrat est à son terme : le motif est HOURS_NOT_DONE.");
        return is_slow(loaded) || not_so(ret_refusal, "L'avancement n'est pas insuffisant au regard du temps écoulé.");
}

bool ground_stands(const struct work *work, const struct loaded_control *loaded, Contracts__CaseGround ground,
                   const Types__Day *period_end, struct refusal *ret_refusal)
{
        if (!loaded_control_is_planned(loaded, ret_refusal))
                return false;
        if (!ground_is_about_hours(ground) && ground != CONTRACTS__CASE_GROUND__COMMITMENT_NOT_KEPT)
                return statement_stands(work, loaded, ground, period_end, ret_refusal);
        if (period_end != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "period_end",
                              "Ce motif ne porte pas sur un relevé : laissez periodEnd vide.");
        if (ground_is_about_hours(ground))
                return hours_stand(work, loaded, ground, ret_refusal);
        return promises_are_broken(work, loaded) ||
               not_so(ret_refusal,
                      "Aucun engagement de l'offre n'est en retard ni non tenu : la fiche du contrat dit où "
                      "chacun en est.");
}

/* A late statement that came incomplete, an obligation that was slow and is now over: the trouble is still there. */
bool case_stands(const struct work *work, const struct loaded_control *loaded, struct refusal *ret_refusal)
{
        const Contracts__ControlCase *record = loaded->record;
        struct refusal why;
        Contracts__CaseGround other = record->ground;
        if (ground_is_about_hours(other))
                other = CONTRACTS__CASE_GROUND__HOURS_NOT_DONE;
        else if (other != CONTRACTS__CASE_GROUND__COMMITMENT_NOT_KEPT)
                other = CONTRACTS__CASE_GROUND__MISSING_DOCUMENT;

        if (ground_stands(work, loaded, record->ground, record->period_end, &why) ||
            ground_stands(work, loaded, other, record->period_end, &why))
                return true;
        return refuse(ret_refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "case_id",
                      "L'entreprise s'est mise en règle : clôturez le dossier (CloseCase, MADE_GOOD).");
}
