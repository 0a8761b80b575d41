/* contract: what is known of one contract, for people. Each word after the verb is a row of `parts`. */
#include <stdio.h>
#include <string.h>

#include "common/base/french.h"
#include "common/base/local_time.h"
#include "common/codec/types.h"
#include "services/ctl/contract_parts.h"
#include "services/ctl/find.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "contracts/commands.pb-c.h"
#include "contracts/queries.pb-c.h"

enum { PAGE_SIZE = 200, LOT_MAX = 999, DAYS_MAX = 60, WORDS_MAX = 32 };

static void print_line(const Contracts__HistoryLine *line, struct arena *arena)
{
        const char *day = french_day(arena, local_day("", line->at->ms));
        const char *user = line->user[0] == '\0' ? "réseau" : line->user;
        (void)printf("n° %llu · %s · %s\n    %s\n", (unsigned long long)line->number, day, user, line->text);
}

static bool contract_named(struct session *session, const struct wanted *wanted, struct arena *arena, Types__Id **ret)
{
        struct id id;
        bool found = find_thing(session, "contract_id", "contrat", wanted->words, &id);
        if (found)
                *ret = id_to(arena, id);
        return found;
}

static int print_history(struct session *session, const struct wanted *wanted)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__ContractHistoryRequest request = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = PAGE_SIZE;
        if (!contract_named(session, wanted, &arena, &request.contract_id))
                return CTL_FAILED;
        request.page = &page;
        do {
                const Contracts__ContractHistoryReply *reply =
                        session_call(session, "contracts.ContractHistory", &request, NULL, &arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_lines; i++)
                        print_line(reply->lines[i], &arena);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

/* ---- a piece of the clause */

static int keep_draft(struct session *session, const Contracts__DraftClause *printed, ProtobufCBinaryData hash,
                      struct arena *arena)
{
        Contracts__KeepDraft command = CONTRACTS__KEEP_DRAFT__INIT;
        command.contract_id = printed->contract_id;
        command.lot = printed->lot;
        command.piece = printed->piece;
        command.hash = hash; /* this text and no other */
        const Contracts__KeepDraftReply *kept = session_call(session, "contracts.KeepDraft", &command, NULL, arena);
        if (kept == NULL)
                return CTL_FAILED;
        (void)printf("Remise à l'acheteur notée : version %u.\n", kept->number);
        return CTL_DONE;
}

static void print_draft(const Contracts__DraftClauseReply *reply)
{
        (void)printf("%s\n---\nBibliothèque %s (%s)\n", reply->text, reply->library_version, reply->source);
        for (size_t i = 0; i < reply->n_to_confirm; i++)
                (void)printf("À confirmer : %s\n", reply->to_confirm[i]);
        if (reply->kept_number > 0)
                (void)printf("Dernière version remise : %u ; %s\n", reply->kept_number,
                             reply->changed ? "le texte a changé depuis" : "le texte est le même");
}

static int draft_piece(struct session *session, const struct wanted *wanted)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__DraftClause query = CONTRACTS__DRAFT_CLAUSE__INIT;
        const ProtobufCEnumValue *piece =
                protobuf_c_enum_descriptor_get_value_by_name(&contracts__draft_piece__descriptor, wanted->piece);
        if (piece == NULL || piece->value == CONTRACTS__DRAFT_PIECE__DRAFT_PIECE_UNKNOWN)
                return complain("« %s » n'est pas une pièce : demandez --piece RC, CCAP, AE ou NOTE.", wanted->piece);
        if (!contract_named(session, wanted, &arena, &query.contract_id))
                return CTL_FAILED;
        query.lot = wanted->lot == 0 ? 1 : (uint32_t)wanted->lot;
        query.piece = (Contracts__DraftPiece)piece->value;
        const Contracts__DraftClauseReply *reply = session_call(session, "contracts.DraftClause", &query, NULL, &arena);
        if (reply == NULL)
                return CTL_FAILED;
        int code = CTL_DONE;
        if (wanted->document.out == NULL)
                print_draft(reply);
        else
                code = print_document(&reply->base, &wanted->document);
        return code != CTL_DONE ? code : wanted->keep ? keep_draft(session, &query, reply->hash, &arena) : CTL_DONE;
}

static const struct part {
        const char *name;
        int (*print)(struct session *session, const struct wanted *wanted);
        int words_min; /* after the part */
} parts[] = {
        {"find", contract_find, 1},     {"history", print_history, 1},        {"draft", draft_piece, 1},
        {"ledger", contract_ledger, 0}, {"late", contract_late, 0},           {"progress", contract_progress, 0},
        {"cases", contract_cases, 0},   {"statement", contract_statement, 1}, {"letter", contract_letter, 2},
};

static const struct part *part_named(const char *name, struct nearest *nearest)
{
        for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
                nearest_try(nearest, parts[i].name);
                if (strcmp(parts[i].name, name) == 0)
                        return &parts[i];
        }
        return NULL;
}

/* Words of a contract need no quotes: "contract history école Jaurès". */
static const char *joined(struct arena *arena, int count, char **words)
{
        const char *text = count > 0 ? words[0] : "";
        for (int i = 1; i < count; i++)
                text = arena_printf(arena, "%s %s", text, words[i]);
        return text;
}

static int run_contract(const struct verb *verb, int argc, char **argv)
{
        const char *directory = "run", *role = "COORDINATOR";
        struct wanted wanted = {.verb = verb, .piece = "CCAP", .territory = "", .buyer = ""};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &directory},
                {.name = "--as", .text = &role},
                {.name = "--piece", .text = &wanted.piece},
                {.name = "--lot", .number = &wanted.lot, .number_max = LOT_MAX},
                {.name = "--keep", .flag = &wanted.keep},
                {.name = "--siret", .text = &wanted.siret},
                {.name = "--territory", .text = &wanted.territory},
                {.name = "--buyer", .text = &wanted.buyer},
                {.name = "--within", .number = &wanted.days, .number_max = DAYS_MAX},
                {.name = "--open", .flag = &wanted.open_only},
                {.name = "--out", .text = &wanted.document.out},
                {.name = "--final", .flag = &wanted.document.is_final},
        };
        const struct options options = {
                .rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = WORDS_MAX};
        scoped(session_close) struct session session = {0};
        scoped(arena_fini) struct arena arena = {0};
        char hint[NEAREST_HINT_SIZE];
        Types__Role as;

        int words = options_parse(verb, &options, argc, argv);
        if (words < 0)
                return CTL_MISUSED;
        struct nearest nearest = nearest_of(argv[0]);
        const struct part *part = part_named(argv[0], &nearest);
        if (part == NULL)
                return misused(verb, "« contract %s » n'existe pas%s", argv[0], hint_or_stop(&nearest, hint));
        bool is_of_company = part->print == contract_ledger && wanted.siret != NULL;
        if (words - 1 < part->words_min || (part->print == contract_ledger && words == 1 && !is_of_company))
                return misused(verb,
                               "« contract %s » : dites quel contrat, par son numéro, quelques mots ou son "
                               "identifiant.",
                               argv[0]);
        if (!role_parse(role, &as))
                return role_unknown(verb, role);
        if (!document_wish_holds(&wanted.document))
                return CTL_MISUSED;
        int first = part->print == contract_letter ? 2 : 1;
        wanted.letter = first == 2 ? argv[1] : "";
        wanted.words = joined(&arena, words - first, argv + first);
        wanted.directory = directory;
        if (!session_open(directory, 0, &session))
                return CTL_FAILED;
        session_act(&session, as, NULL, "*");
        return part->print(&session, &wanted);
}

const struct verb verb_contract = {
        .name = "contract",
        .summary = "raconte la vie d'un contrat ; dit ce qui est dû, en retard, en cours ; ses pièces et ses lettres",
        .usage =
                "guichetctl contract find MOTS\n"
                "guichetctl contract history CONTRAT\n"
                "guichetctl contract draft CONTRAT [--piece CCAP] [--lot 1] [--keep]\n"
                "guichetctl contract ledger CONTRAT [--lot 1]\n"
                "guichetctl contract ledger --siret SIRET\n"
                "guichetctl contract late [--within 30] [--territory 31] [--buyer SIRET]\n"
                "guichetctl contract progress [--territory 31] [--buyer SIRET]\n"
                "guichetctl contract cases [CONTRAT] [--open] [--territory 31] [--buyer SIRET]\n"
                "guichetctl contract statement CONTRAT\n"
                "guichetctl contract letter LETTRE CONTRAT [--lot 1]\n"
                "                [--out FICHIER] [--final] [--as COORDINATOR] [--dir run]\n\n"
                "Un CONTRAT se dit par son numéro, par quelques mots de son objet ou de son acheteur, ou par son\n"
                "identifiant ; ce qu'il contient, derrière une barre : « école Jaurès / Durand ».\n\n"
                "« find » : les contrats où se trouvent tous ces mots.\n"
                "« history » : la vie du contrat, un événement après l'autre, en français.\n"
                "« draft » : la clause d'un lot, rédigée pour une pièce (RC, CCAP, AE), ou la note de son calcul,\n"
                "à l'acheteur seul (NOTE). Rien n'est imprimé tant que\n"
                "manquent le périmètre, le contact du facilitateur, les publics ou les heures ; tout ce qui manque\n"
                "est nommé. « --keep » note que ce texte est remis à l'acheteur.\n"
                "« ledger » : qui doit combien d'heures, clause par clause ; de « CONTRAT / ENTREPRISE », chaque\n"
                "écriture du compte ; avec « --siret », tout ce que doit une entreprise.\n"
                "« late » : les relevés en retard, ou dus d'ici quelques jours. « progress » : l'avancement, les plus\n"
                "en retard d'abord. « cases » : les dossiers de contrôle.\n"
                "« statement » : le bilan du contrat, à imprimer : heures par entreprise, dossiers de contrôle,\n"
                "pénalités décidées par l'acheteur.\n"
                "« letter » : le texte, tel qu'il se lit : decline (refus de suivre le contrat), notice (mise en\n"
                "demeure d'un dossier), agreement (convention), note (obligation de 2026), report (analyse d'un\n"
                "lot).\n"
                "« --out » : ce document dans un fichier, selon sa fin : .txt, .html, .pdf (balisé) ou .odt ; ce qui\n"
                "est à confirmer avant de signer y est une feuille à part, que « --final » laisse.\n\n"
                "Exemples :\n"
                "  guichetctl contract find école\n"
                "  guichetctl contract history école Jaurès\n"
                "  guichetctl contract draft 2026-118 --piece RC\n"
                "  guichetctl contract draft 2026-118 --piece CCAP --out ccap.pdf\n"
                "  guichetctl contract letter notice \"école Jaurès / Durand\" --out lettre.odt",
        .run = run_contract,
};
