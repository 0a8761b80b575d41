#include "services/reporting/sent/sent_views.h"

#include <stddef.h>

#include "common/base/french.h"
#include "common/codec/french_names.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

Reporting__SentReport *view_of_report(const Reporting__SentReportRow *row, struct arena *arena)
{
        const Reporting__ReportSent *sent = row->sent;
        Reporting__SentReport *view = pb_new(&reporting__sent_report__descriptor, arena);
        view->report_id = sent->report_id;
        view->contract_id = sent->contract_id;
        if (sent->statement != NULL) {
                view->number = sent->statement->number;
                view->object = sent->statement->object;
        }
        view->year = sent->year;
        view->territory = sent->territory;
        view->recipient = sent->recipient;
        view->sent_on = sent->sent_on;
        view->noted_at = row->noted_at;
        view->noted_by = row->noted_by;
        if (row->withdrawn != NULL) {
                view->withdrawn_on = row->withdrawn->withdrawn_on;
                view->withdrawn_reason = row->withdrawn->reason;
                view->withdrawn_by = row->withdrawn_by;
        }
        return view;
}

/* ---- figures, each with its words: hours, or a number */

struct figure {
        const char *label;
        size_t offset;
        bool is_hours;
};
#define HOURS(name, label)                                                                                             \
        {                                                                                                              \
                label, offsetof(Reporting__ChangeFigures, name), true                                                  \
        }
#define NUMBER(name, label)                                                                                            \
        {                                                                                                              \
                label, offsetof(Reporting__ChangeFigures, name), false                                                 \
        }

static const struct figure figures[] = {
        NUMBER(contracts, "Contrats"),
        NUMBER(contracts_with_clause, "Contrats avec une clause suivie ici"),
        NUMBER(obligations, "Obligations"),
        HOURS(due, "Heures dues"),
        HOURS(done, "Heures réalisées"),
        HOURS(converted, "Heures issues de factures"),
        HOURS(transferred, "Heures transférées"),
        HOURS(waived, "Heures abandonnées"),
        HOURS(remaining, "Heures restantes"),
        HOURS(surplus, "Heures en plus"),
        NUMBER(persons, "Personnes"),
        NUMBER(placements, "Parcours"),
        NUMBER(needs, "Besoins"),
        NUMBER(positions_wanted, "Postes à pourvoir"),
};

static int64_t value_of(const Reporting__ChangeFigures *of, const struct figure *figure)
{
        const char *at = (const char *)of + figure->offset;
        return figure->is_hours ? hours_hundredths(hours_of(*(Types__Hours *const *)(const void *)at))
                                : *(const int32_t *)(const void *)at;
}

static char *value_told(struct arena *arena, const struct figure *figure, int64_t value)
{
        return figure->is_hours ? french_hours(arena, hours_of_hundredths(value))
                                : french_decimal(arena, decimal_of_millionths(value * 1000000));
}

static char *change_told(struct arena *arena, const struct figure *figure, int64_t by)
{
        return arena_printf(arena, "%s%s", by > 0 ? "+" : "−", value_told(arena, figure, by > 0 ? by : -by));
}

static char *figures_told(const Reporting__FrozenReportReply *reply, struct arena *arena)
{
        char *text = arena_text(arena, "");
        for (size_t i = 0; i < ARRAY_SIZE(figures); i++) {
                const struct figure *figure = &figures[i];
                int64_t then = value_of(reply->sent, figure), now = value_of(reply->today, figure);
                if (then == 0 && now == 0)
                        continue;
                text = arena_printf(arena, "%s- %s : %s", text, figure->label, value_told(arena, figure, then));
                text = now == then
                               ? arena_printf(arena, "%s, inchangé\n", text)
                               : arena_printf(arena, "%s ; aujourd'hui %s (%s)\n", text, value_told(arena, figure, now),
                                              change_told(arena, figure, now - then));
        }
        return text;
}

/* ---- changes */

static char *differences_told(const Reporting__ChangeFigures *by, struct arena *arena)
{
        char *text = arena_text(arena, "");
        for (size_t i = 0; i < ARRAY_SIZE(figures); i++) {
                int64_t value = value_of(by, &figures[i]);
                if (value != 0)
                        text = arena_printf(arena, "%s%s%s %s", text, text[0] == '\0' ? "" : ", ", figures[i].label,
                                            change_told(arena, &figures[i], value));
        }
        return text;
}

static const char *when_told(const Reporting__ReportChange *change, struct arena *arena)
{
        if (change->recorded_on != NULL)
                return french_day(arena, day_of(change->recorded_on));
        return change->recorded_in == NULL ? "Depuis l'envoi" : french_month(arena, month_of(change->recorded_in));
}

static char *line_told(const Reporting__ReportChange *change, struct arena *arena)
{
        char *text = arena_printf(arena, "- %s : %s", when_told(change, arena),
                                  french_value(&reporting__change_cause__descriptor, (int32_t)change->cause));
        if (change->month != NULL)
                text = arena_printf(arena, "%s, %s", text, french_month(arena, month_of(change->month)));
        if (change->happened_on != NULL && change->recorded_on != NULL &&
            change->happened_on->days != change->recorded_on->days)
                text = arena_printf(arena, "%s, du %s", text, french_day(arena, day_of(change->happened_on)));
        if (change->reason[0] != '\0')
                text = arena_printf(arena, "%s (%s)", text, change->reason);
        return arena_printf(arena, "%s. %s\n", text, differences_told(change->figures, arena));
}

static char *changes_told(const Reporting__FrozenReportReply *reply, struct arena *arena)
{
        char *text = arena_text(arena, "");
        if (reply->n_changes == 0)
                return arena_text(arena, "Aucun : les chiffres d'aujourd'hui sont ceux qui ont été envoyés.\n");
        for (size_t i = 0; i < reply->n_changes; i++)
                text = arena_printf(arena, "%s%s", text, line_told(reply->changes[i], arena));
        return text;
}

/* ---- the whole */

static char *subject_told(const Reporting__SentReport *report, struct arena *arena)
{
        if (report->contract_id != NULL)
                return arena_printf(arena, "Bilan du contrat %s : %s", report->number, report->object);
        if (report->territory[0] == '\0')
                return arena_printf(arena, "Consolidation de l'année %u, tous départements", report->year);
        return arena_printf(arena, "Consolidation de l'année %u, département %s", report->year, report->territory);
}

static char *withdrawal_told(const Reporting__SentReport *report, struct arena *arena)
{
        if (report->withdrawn_on == NULL)
                return arena_text(arena, "");
        return arena_printf(arena, "Cet envoi a été retiré le %s : %s\n",
                            french_day(arena, day_of(report->withdrawn_on)), report->withdrawn_reason);
}

char *text_of_report(const Reporting__FrozenReportReply *reply, struct arena *arena)
{
        const Reporting__SentReport *report = reply->report;
        return arena_printf(arena,
                            "Objet : chiffres envoyés le %s, et ce qui a changé depuis\n\n%s\nEnvoyés à : %s\n%s\n"
                            "1. Chiffres envoyés\n%s\n2. Changements depuis l'envoi, avec leur motif\n%s",
                            french_day(arena, day_of(report->sent_on)), subject_told(report, arena), report->recipient,
                            withdrawal_told(report, arena), figures_told(reply, arena), changes_told(reply, arena));
}
