/* The same contract as ten people keep it: separators, encodings, days, months, hours, lots, numbers that a spreadsheet
 * has spoilt, sums below, a column a month, a workbook. Each is understood as the first is. */
#include "tests/unit/services/contracts/running/steps.h"

#include <fcntl.h>
#include <sys/mman.h>

#include "common/import/workbook.h"
#include "tests/lib/workbook.h"

/* SIRET 21310555400017 buys, 01234567400019 holds (its zero is easily lost): 1 820,5 h owed, 151,67 h in January 2026,
 * 70 h in February. */
static const char *const variants[] = {
        /* with semicolons, as Excel saves it */
        "\xef\xbb\xbfN° de marché;SIRET acheteur;Objet;Montant HT;Date de notification;Lot;SIRET titulaire;Titulaire;"
        "Heures dues;Mois;Heures réalisées;Matricule\r\n"
        "V;21310555400017;École;1200000;15/03/2025;2;01234567400019;Durand SARL;1820,5;01/2026;151,67;A12\r\n"
        "V;21310555400017;;;;2;;;;02/2026;70;A12\r\n",
        /* with tabs, days in words, months by their first letters */
        "Marché n°\tSIRET de l'acheteur\tIntitulé du marché\tMontant\tNotifié le\tLot\tSIRET entreprise\tEntreprise\t"
        "Objectif\tPériode\tHeures\tRéférence salarié\n"
        "V\t213 105 554 00017\tÉcole\t1,2 M€\t15 mars 2025\tLot 2 - gros œuvre\t012 345 674 00019\tDurand SARL\t"
        "1 820,5 h\tjanv. 2026\t151h40\tA12\n"
        "V\t213 105 554 00017\t\t\t\tLot 2\t\t\t\tfév-26\t70 h\tA12\n",
        /* Windows-1252, a day that stands for the month, the zero of the SIRET lost */
        "N\xb0 march\xe9;SIRET acheteur;Objet du march\xe9;Montant HT;Notification;N\xb0 lot;SIRET attributaire;"
        "Attributaire;Heures \xe0 r\xe9"
        "aliser;Mois;R\xe9"
        "alis\xe9;Matricule\n"
        "V;21310555400017;\xc9"
        "cole;1 200 000,00 \x80;2025-03-15;02;1234567400019;Durand SARL;1 820,50;31/01/2026;"
        "151,67;A12\n"
        "V;21310555400017;;;;02;;;;28/02/2026;70,00;A12\n",
        /* with commas and quotes, a title above, sums between and below */
        "Suivi des clauses,,,,,,,,,,,\n"
        "Numéro du marché,SIRET acheteur,Objet,Montant HT,Date notification,Lot,SIRET titulaire,Titulaire,Engagement,"
        "Mois,Heures effectuées,Matricule\n"
        "V,21310555400017,École,\"1 200 000,00\",15/03/2025,2,01234567400019,\"Durand, SARL\",\"1 820,5\",01/2026,"
        "\"151,67\",A12\n"
        "V,21310555400017,,,,2,,,,02/2026,70,A12\n"
        "Total V,,,,,,,,\"1 820,5\",,\"221,67\",\n"
        ",,TOTAL GÉNÉRAL,,,,,,,,,\n",
        /* a spreadsheet's numbers of days, zeros behind the mark */
        "Contrat;SIRET acheteur;Objet;Montant HT;Date de notification;Lot;SIRET titulaire;Titulaire;Heures dues;Mois;"
        "Heures du mois;Matricule\n"
        "V;21310555400017;École;1200000.00;45731;2.0;01234567400019;Durand SARL;1820.5;46023;151.67;A12\n"
        "V;21310555400017;;;;2.0;;;;46054;70.0;A12\n",
        /* a column a month, and the cells that are not needed left empty */
        "Marché;SIRET acheteur;Objet;Notification;Lot;SIRET titulaire;Titulaire;Heures dues;Matricule;déc. 2025;"
        "janv. 2026;février 2026\n"
        "V;21310555400017;École;15/03/2025;2;01234567400019;Durand SARL;1 820,5;A12;;151:40;70\n",
        /* "idem", and cells that are not told */
        "N° contrat;SIRET acheteur;Objet;Montant HT;Date de notification;Lot;SIRET titulaire;Titulaire;Heures dues;Mois;"
        "Heures réalisées;Matricule\n"
        "V;21310555400017;École;NC;15/03/2025;n° 2;01234567400019;Durand SARL;1 820,5;2026-01;151,67;A12\n"
        "V;21310555400017;idem;idem;idem;n° 2;idem;idem;idem;2026-02;70;A12\n",
        /* a workbook's rows */
        "N° de marché|SIRET acheteur|Objet|Date de notification|Lot|SIRET titulaire|Titulaire|Heures dues|Mois|"
        "Heures réalisées|Matricule\n"
        "V|21310555400017|École|15/03/2025|2|01234567400019|Durand SARL|1820,5|janvier 2026|151,67|A12\n"
        "V|21310555400017|||2||||février 2026|70|A12",
        /* all told in each row, by the way of one who copies downwards */
        "N° de marché;SIRET acheteur;Objet;Montant HT;Date de notification;Durée;Lot;SIRET titulaire;Titulaire;"
        "Heures dues;Mois;Heures réalisées;Matricule\n"
        "V;21310555400017;École;1 200 k€;15/03/2025;2 ans;Lot n°2;01234567400019;Durand SARL;1820h30;1/2026;151h40;A12\n"
        "V;21310555400017;ECOLE;1 200 000 €;15/03/2025;24 mois;Lot n°2;01234567400019;Durand SARL;1820h30;2/2026;70h;"
        "A12\n",
        /* no-break blanks of figures, no lot: a contract of one */
        "Réf. marché;SIRET acheteur;Objet;Notifié le;SIRET titulaire;Titulaire;Heures dues;Mois;Heures;Matricule\n"
        "V;213\u00a0105\u00a0554\u00a000017;École;15/03/2025;01234567400019;Durand SARL;1\u202f820,5;janvier 2026;"
        "151,67 h;A12\n"
        "V;213\u00a0105\u00a0554\u00a000017;;;;;;février 2026;70;A12\n",
};
enum { OF_WORKBOOK = 7 };

static struct table read_variant(struct fixture *f, size_t which)
{
        struct table table;
        struct err_info info = {0};
        if (which != OF_WORKBOOK) {
                if (table_read(slice_of(variants[which], strlen(variants[which])), &f->arena, &table, &info) != 0)
                        fail_msg("%zu: %s", which, info.text);
                return table;
        }
        char *path = arena_printf(&f->arena, "%s/suivi.xlsx", f->directory);
        workbook_make(path, variants[which], 0);
        int file = open(path, O_RDONLY | O_CLOEXEC), spare = memfd_create("rows", MFD_CLOEXEC);
        assert_true(file >= 0 && spare >= 0);
        if (workbook_read(file, spare, &f->arena, &table, &info) != 0)
                fail_msg("%zu: %s", which, info.text);
        (void)close(file);
        (void)close(spare);
        (void)unlink(path);
        return table;
}

/* As guichetctl sends it; contract and person are called after the variant: one person may not do it all. */
static Contracts__ImportRunning *list_of(struct fixture *f, const struct table *table, size_t which)
{
        Contracts__ImportRunning *command = a_running_list(f, "");
        size_t header = table_header(table);
        command->list->header = table->rows[header].cells;
        command->list->n_header = table->rows[header].count;
        for (size_t i = header + 1; i < table->count; i++) {
                const struct table_row *from = &table->rows[i];
                Types__ListRow *row = add_running(f, command, "");
                row->number = from->number;
                row->cells = from->cells;
                row->n_cells = from->count;
                for (size_t k = 0; k < from->count; k++)
                        if (strcmp(from->cells[k], "V") == 0 || strcmp(from->cells[k], "A12") == 0)
                                from->cells[k] = arena_printf(&f->arena, "%s-%zu", from->cells[k], which);
        }
        return command;
}

static void test_each_is_understood(void **state)
{
        struct fixture *f = *state;
        for (size_t i = 0; i < ARRAY_SIZE(variants); i++) {
                struct table table = read_variant(f, i);
                const Types__ListReport *report = take_running(f, list_of(f, &table, i));
                for (size_t k = 0; k < report->n_rows; k++)
                        if (report->rows[k]->n_errors > 0)
                                fail_msg("variant %zu, row %u, « %s », « %s »: %s", i, report->rows[k]->number,
                                         report->rows[k]->errors[0]->column, report->rows[k]->errors[0]->cell,
                                         report->rows[k]->errors[0]->text);
                const Contracts__ContractView *view = see_contract(f, report->rows[0]->id);
                assert_string_equal(view->record->object, "École");
                assert_string_equal(view->record->buyer_siret, "21310555400017");
                assert_int_equal(view->record->notified_on->days, a_day(f, 2025, 3, 15)->days);
                assert_int_equal(view->n_clauses, 1);
                assert_int_equal(view->clauses[0]->n_obligations, 1);
                const Contracts__ObligationView *owed = view->clauses[0]->obligations[0];
                assert_string_equal(owed->contractor_siret, "01234567400019");
                assert_int_equal(owed->due->hundredths, 182050);
                assert_int_equal(see_obligation(f, owed->obligation_id)->done->hundredths, 15167 + 7000);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(test_each_is_understood, setup, fixture_close),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
