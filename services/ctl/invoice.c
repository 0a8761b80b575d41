/* invoice: subcontractors' invoices that count as hours: recorded, listed with who may, set right, cancelled. */
#include <stdio.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/day.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/ctl/find.h"
#include "services/ctl/options.h"
#include "services/ctl/print_json.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"
#include "services/ctl/typed.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

enum { ID_WIDTH = 38, NUMBER_WIDTH = 20, DAY_WIDTH = 12, NAME_WIDTH = 26, FIGURE_WIDTH = -14 };

struct invoice_verb {
        const struct verb *verb;
        const char *directory, *territory, *role, *organisation;
        const char *subcontractor, *number, *dated, *amount, *hours, *on, *reason, *month;
        bool json;
        uint64_t seconds;
        struct id id;
        struct session session;
        struct arena arena;
};

static void end_invoice(struct invoice_verb *v)
{
        session_close(&v->session);
        arena_fini(&v->arena);
}

static char *said(struct invoice_verb *v, const char *text)
{
        return arena_text(&v->arena, text == NULL ? "" : text);
}

static const void *call(struct invoice_verb *v, const char *method, const void *request)
{
        return session_call(&v->session, method, request, NULL, &v->arena);
}

/* ---- what is written; false after a complaint */

static bool read_day(struct invoice_verb *v, const char *text, const char *option, Types__Day **ret)
{
        struct day day;
        if (text == NULL || !typed_day(text, &day))
                return misused(v->verb, "il faut « %s JOUR » : " TYPED_DAY ".", option) == CTL_DONE;
        *ret = day_to(&v->arena, day);
        return true;
}

static bool read_amount(struct invoice_verb *v, Types__Money **ret)
{
        struct money money;
        if (v->amount == NULL || !typed_money(v->amount, &money))
                return misused(v->verb, "il faut « --amount EUROS », hors taxes : " TYPED_MONEY ".") == CTL_DONE;
        *ret = money_to(&v->arena, money);
        return true;
}

static bool read_declared(struct invoice_verb *v, Types__Hours **ret)
{
        struct hours hours;
        if (v->hours == NULL)
                return true;
        if (!typed_hours(v->hours, &hours))
                return misused(v->verb, "« --hours %s » : il faut " TYPED_HOURS ".", v->hours) == CTL_DONE;
        *ret = hours_to(&v->arena, hours);
        return true;
}

/* ---- as a reader expects it */

static const char *euros(const Types__Money *amount, char ret[NUMBER_TEXT_SIZE])
{
        char canonical[QUANTITY_TEXT_SIZE];
        money_format(money_of(amount), canonical);
        return amount_text(canonical, ret);
}

static const char *hours_text(const Types__Hours *hours, char ret[NUMBER_TEXT_SIZE])
{
        char canonical[QUANTITY_TEXT_SIZE];
        hours_format(hours_of(hours), canonical);
        return amount_text(canonical, ret);
}

static void print_figures(const Tracking__InvoiceFigures *figures)
{
        char day[DAY_TEXT_SIZE], text[NUMBER_TEXT_SIZE];
        day_format(day_of(figures->dated), day);
        print_cell(figures->number, NUMBER_WIDTH);
        print_cell(day, DAY_WIDTH);
        print_cell(euros(figures->amount, text), FIGURE_WIDTH);
        (void)printf(" €");
        print_cell(hours_text(figures->hours, text), FIGURE_WIDTH);
        (void)printf(" h %s", figures->declared ? "déclarées" : "converties");
}

static void print_line(const Tracking__InvoiceLine *line)
{
        char id[ID_TEXT_SIZE];
        id_format(id_of(line->invoice_id), id);
        print_cell(id, ID_WIDTH);
        print_cell(line->subcontractor_name, NAME_WIDTH);
        print_figures(line->figures);
        (void)printf("%s\n", line->cancelled ? ", annulée : ne compte plus" : "");
}

static void print_warnings(Tracking__HoursWarning *const *warnings, size_t count)
{
        for (size_t i = 0; i < count; i++)
                (void)printf("    à vérifier : %s\n", warnings[i]->text);
}

/* ---- record, correct, cancel */

static int record_invoice(struct invoice_verb *v)
{
        Tracking__RecordInvoice request = TRACKING__RECORD_INVOICE__INIT;
        struct id subcontractor;
        char id[ID_TEXT_SIZE], text[NUMBER_TEXT_SIZE];
        if (v->subcontractor == NULL || id_parse(v->subcontractor, &subcontractor) != 0)
                return misused(v->verb, "il faut « --subcontractor UUID », la structure de l'annuaire.");
        if (strchr(v->territory, ',') != NULL || strcmp(v->territory, "*") == 0)
                return misused(v->verb, "il faut « --territory DEPARTEMENT », celui qui suit l'obligation.");
        if (!read_day(v, v->dated, "--dated", &request.dated) || !read_amount(v, &request.amount) ||
            !read_declared(v, &request.declared_hours))
                return CTL_MISUSED;
        request.obligation_id = id_to(&v->arena, v->id);
        request.subcontractor = id_to(&v->arena, subcontractor);
        request.number = said(v, v->number);
        request.territory = said(v, v->territory);
        const Tracking__RecordInvoiceReply *reply = call(v, "tracking.RecordInvoice", &request);
        if (reply == NULL)
                return CTL_FAILED;
        id_format(id_of(reply->invoice_id), id);
        (void)printf("%s : %s h.\n", id, hours_text(reply->hours, text));
        print_warnings(reply->warnings, reply->n_warnings);
        return CTL_DONE;
}

static const Tracking__InvoiceByIdReply *read_invoice(struct invoice_verb *v, Types__Page *page)
{
        Tracking__InvoiceById request = TRACKING__INVOICE_BY_ID__INIT;
        request.invoice_id = id_to(&v->arena, v->id);
        request.page = page;
        return call(v, "tracking.InvoiceById", &request);
}

/* As it stands, but for what is told. */
static int correct(struct invoice_verb *v)
{
        Tracking__CorrectInvoice request = TRACKING__CORRECT_INVOICE__INIT;
        char before[NUMBER_TEXT_SIZE], now[NUMBER_TEXT_SIZE];
        if (!read_day(v, v->on, "--on", &request.corrected_on))
                return CTL_MISUSED;
        const Tracking__InvoiceByIdReply *stands = read_invoice(v, NULL);
        if (stands == NULL)
                return CTL_FAILED;
        const Tracking__InvoiceFigures *figures = stands->invoice->figures;
        request.invoice_id = stands->invoice->invoice_id;
        request.number = v->number != NULL ? said(v, v->number) : figures->number;
        request.dated = figures->dated;
        request.amount = figures->amount;
        request.declared_hours = figures->declared ? figures->hours : NULL;
        request.reason = said(v, v->reason);
        request.seen = stands->invoice->version;
        if ((v->dated != NULL && !read_day(v, v->dated, "--dated", &request.dated)) ||
            (v->amount != NULL && !read_amount(v, &request.amount)) || !read_declared(v, &request.declared_hours))
                return CTL_MISUSED;
        const Tracking__CorrectInvoiceReply *reply = call(v, "tracking.CorrectInvoice", &request);
        if (reply == NULL)
                return CTL_FAILED;
        (void)printf("Corrigée : %s h comptent, au lieu de %s.\n", hours_text(reply->hours, now),
                     hours_text(reply->replaced, before));
        print_warnings(reply->warnings, reply->n_warnings);
        return CTL_DONE;
}

static int cancel(struct invoice_verb *v)
{
        Tracking__CancelInvoice request = TRACKING__CANCEL_INVOICE__INIT;
        char text[NUMBER_TEXT_SIZE];
        if (!read_day(v, v->on, "--on", &request.cancelled_on))
                return CTL_MISUSED;
        const Tracking__InvoiceByIdReply *stands = read_invoice(v, NULL);
        if (stands == NULL)
                return CTL_FAILED;
        request.invoice_id = stands->invoice->invoice_id;
        request.reason = said(v, v->reason);
        request.seen = stands->invoice->version;
        const Tracking__CancelInvoiceReply *reply = call(v, "tracking.CancelInvoice", &request);
        if (reply == NULL)
                return CTL_FAILED;
        (void)printf("Annulée : %s h ne comptent plus.\n", hours_text(reply->hours, text));
        return CTL_DONE;
}

/* ---- show, list */

static void print_entry(const Tracking__InvoiceEntry *entry)
{
        static const char *const acts[] = {"?", "enregistrée", "corrigée", "annulée"};
        char at[INSTANT_TEXT_SIZE];
        instant_format(entry->at->ms, at);
        (void)printf("%.10s  ", at);
        print_figures(entry->figures);
        (void)printf(" : %s par %s", (size_t)entry->act < ARRAY_SIZE(acts) ? acts[entry->act] : acts[0], entry->user);
        if (entry->reason[0] != '\0')
                (void)printf(" (« %s »)", entry->reason);
        for (size_t i = 0; i < entry->n_accepted; i++)
                (void)printf("%s%s", i == 0 ? " ; alertes : " : ", ", entry->accepted[i]);
        (void)putchar('\n');
}

static int show(struct invoice_verb *v)
{
        Types__Page page = TYPES__PAGE__INIT;
        bool is_first = true;
        do {
                const Tracking__InvoiceByIdReply *reply = read_invoice(v, &page);
                if (reply == NULL || (v->json && !print_json(stdout, &reply->base)))
                        return CTL_FAILED;
                if (is_first && !v->json)
                        print_line(reply->invoice);
                is_first = false;
                for (size_t i = 0; i < reply->n_entries && !v->json; i++)
                        print_entry(reply->entries[i]);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

static int list(struct invoice_verb *v)
{
        Tracking__Invoices request = TRACKING__INVOICES__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        struct month month;
        if (v->month != NULL && !typed_month(v->month, &month))
                return misused(v->verb, "« --month %s » : il faut " TYPED_MONTH ".", v->month);
        request.month = v->month != NULL ? month_to(&v->arena, month) : NULL;
        request.obligation_id = id_is_zero(v->id) ? NULL : id_to(&v->arena, v->id);
        if (strchr(v->territory, ',') == NULL && strcmp(v->territory, "*") != 0)
                request.territory = said(v, v->territory);
        request.page = &page;
        do {
                const Tracking__InvoicesReply *reply = call(v, "tracking.Invoices", &request);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_lines; i++)
                        if (!v->json)
                                print_line(reply->lines[i]);
                        else if (!print_json(stdout, &reply->lines[i]->base))
                                return CTL_FAILED;
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

/* ---- */

static const struct act {
        const char *name;
        int (*run)(struct invoice_verb *v);
        const char *field; /* what the word is of (find.h) */
        bool may_be_without;
} acts[] = {
        {"record", record_invoice, "obligation_id", false},
        {"show", show, "invoice_id", false},
        {"list", list, "obligation_id", true},
        {"correct", correct, "invoice_id", false},
        {"cancel", cancel, "invoice_id", false},
};

static int act(struct invoice_verb *v, const struct act *one, int words, char **argv)
{
        Types__Role role = TYPES__ROLE__FACILITATOR;
        struct id organisation = {0};
        bool is_of_obligation = strcmp(one->field, "obligation_id") == 0;
        if (words == 1 && !one->may_be_without)
                return misused(v->verb, "« %s » demande %s.", one->name,
                               is_of_obligation ? "une obligation, par son contrat ou son UUID"
                                                : "l'UUID d'une facture");
        if ((v->role != NULL && !role_parse(v->role, &role)) ||
            (v->organisation != NULL && id_parse(v->organisation, &organisation) != 0))
                return misused(v->verb, "« --as » demande un rôle, « --organisation » un UUID.");
        if (!session_open(v->directory, (uint32_t)v->seconds * 1000, &v->session))
                return CTL_FAILED;
        session_act(&v->session, role, v->organisation != NULL ? &organisation : NULL, v->territory);
        if (words == 2 &&
            !find_thing(&v->session, one->field, is_of_obligation ? "obligation" : "facture", argv[1], &v->id))
                return CTL_FAILED;
        return one->run(v);
}

static int run_invoice(const struct verb *verb, int argc, char **argv)
{
        scoped(end_invoice) struct invoice_verb v = {.verb = verb, .directory = "run", .territory = "*", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &v.directory},
                {.name = "--territory", .text = &v.territory},
                {.name = "--as", .text = &v.role},
                {.name = "--organisation", .text = &v.organisation},
                {.name = "--subcontractor", .text = &v.subcontractor},
                {.name = "--number", .text = &v.number},
                {.name = "--dated", .text = &v.dated},
                {.name = "--amount", .text = &v.amount},
                {.name = "--hours", .text = &v.hours},
                {.name = "--on", .text = &v.on},
                {.name = "--reason", .text = &v.reason},
                {.name = "--month", .text = &v.month},
                {.name = "--json", .flag = &v.json},
                {.name = "--seconds", .number = &v.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 2};
        int words = options_parse(verb, &options, argc, argv);
        for (size_t i = 0; words > 0 && i < ARRAY_SIZE(acts); i++)
                if (strcmp(acts[i].name, argv[0]) == 0)
                        return act(&v, &acts[i], words, argv);
        return words < 0 ? CTL_MISUSED : misused(verb, "« %s » : record, show, list, correct ou cancel.", argv[0]);
}

const struct verb verb_invoice = {
        .name = "invoice",
        .summary = "les factures de sous-traitance converties en heures : enregistrer, lire, corriger, annuler",
        .usage = "guichetctl invoice record OBLIGATION --subcontractor UUID --number NUMERO --dated JOUR\n"
                 "                 --amount EUROS"
                 " "
                 "                          [--hours HEURES] --territory 31\n"
                 "guichetctl invoice list [OBLIGATION] [--month MOIS] [--json]\n"
                 "guichetctl invoice show FACTURE [--json]\n"
                 "guichetctl invoice correct FACTURE --on JOUR --reason TEXTE [--number …] [--dated …] [--amount …]\n"
                 "                          [--hours …]\n"
                 "guichetctl invoice cancel FACTURE --on JOUR --reason TEXTE\n"
                 "                 [--as ROLE] [--organisation UUID] [--territory 31,82] [--dir run] [--seconds 10]\n\n"
                 "Une OBLIGATION se dit par son contrat : son numéro, ou quelques mots ; « école Jaurès / Durand ».\n"
                 "Agit comme facilitateur ; « list » et « show » aussi comme « --as STRUCTURE » ou « COMPANY » avec\n"
                 "« --organisation » : la structure voit ses factures, l'entreprise celles qui la déchargent.\n\n"
                 "  record   le montant est converti en heures par la clause, sauf à déclarer les heures (--hours)\n"
                 "  correct  la même facture, comme elle aurait dû être ; ce qui n'est pas dit reste. D'une autre\n"
                 "           structure ou obligation : annulez-la, puis enregistrez-la de nouveau\n"
                 "  cancel   elle ne compte plus ; son numéro peut resservir\n\n"
                 "  --on      le jour où l'erreur a été constatée, ou de l'avoir\n"
                 "  --reason  pourquoi ; conservé dans l'histoire de la facture\n\n"
                 "Exemples :\n"
                 "  guichetctl invoice record UUID --subcontractor UUID --number F-2026-041 --dated 2026-10-31 \\\n"
                 "                 --amount 12000 --territory 31\n"
                 "  guichetctl invoice correct UUID --on 2026-11-12 --amount 10000 --reason \"le montant était TTC\"\n"
                 "  guichetctl invoice cancel UUID --on 2026-11-20 --reason \"avoir du 20 novembre\"",
        .run = run_invoice,
};
