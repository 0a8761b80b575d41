/* contract: what is known of one contract, for people. Each word after the verb is a row of `parts`. */
#include <stdio.h>
#include <string.h>

#include "common/base/french.h"
#include "common/base/local_time.h"
#include "common/codec/types.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "contracts/commands.pb-c.h"
#include "contracts/queries.pb-c.h"

enum { PAGE_SIZE = 200, LOT_MAX = 999 };

static void print_line(const Contracts__HistoryLine *line, struct arena *arena)
{
        const char *day = french_day(arena, local_day("", line->at->ms));
        const char *user = line->user[0] == '\0' ? "réseau" : line->user;
        (void)printf("%s · %s\n    %s\n", day, user, line->text);
}

/* What the words after the verb say. */
struct wanted {
        struct id contract;
        const char *piece;
        uint64_t lot;
        bool keep;
};

static int print_history(struct session *session, const struct wanted *wanted)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__ContractHistoryRequest request = CONTRACTS__CONTRACT_HISTORY_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        page.limit = PAGE_SIZE;
        request.contract_id = id_to(&arena, wanted->contract);
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
        query.contract_id = id_to(&arena, wanted->contract);
        query.lot = (uint32_t)wanted->lot;
        query.piece = (Contracts__DraftPiece)piece->value;
        const Contracts__DraftClauseReply *reply = session_call(session, "contracts.DraftClause", &query, NULL, &arena);
        if (reply == NULL)
                return CTL_FAILED;
        print_draft(reply);
        return wanted->keep ? keep_draft(session, &query, reply->hash, &arena) : CTL_DONE;
}

/* ---- what became of its clauses */

static int print_statement(struct session *session, const struct wanted *wanted)
{
        scoped(arena_fini) struct arena arena = {0};
        Contracts__FinalStatementRequest query = CONTRACTS__FINAL_STATEMENT_REQUEST__INIT;
        query.contract_id = id_to(&arena, wanted->contract);
        const Contracts__FinalStatementReply *reply =
                session_call(session, "contracts.FinalStatement", &query, NULL, &arena);
        if (reply == NULL)
                return CTL_FAILED;
        (void)printf("%s", reply->text);
        return CTL_DONE;
}

static const struct part {
        const char *name;
        int (*print)(struct session *session, const struct wanted *wanted);
} parts[] = {
        {"history", print_history},
        {"draft", draft_piece},
        {"statement", print_statement},
};

static const struct part *part_named(const char *name)
{
        for (size_t i = 0; i < ARRAY_SIZE(parts); i++)
                if (strcmp(parts[i].name, name) == 0)
                        return &parts[i];
        return NULL;
}

static int run_contract(const struct verb *verb, int argc, char **argv)
{
        const char *directory = "run";
        struct wanted wanted = {.piece = "CCAP", .lot = 1};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &directory},
                {.name = "--piece", .text = &wanted.piece},
                {.name = "--lot", .number = &wanted.lot, .number_max = LOT_MAX},
                {.name = "--keep", .flag = &wanted.keep},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 2, .words_max = 2};
        scoped(session_close) struct session session = {0};

        if (options_parse(verb, &options, argc, argv) < 0)
                return CTL_MISUSED;
        const struct part *part = part_named(argv[0]);
        if (part == NULL)
                return misused(verb, "« %s » : demandez « history », « draft » ou « statement ».", argv[0]);
        if (id_parse(argv[1], &wanted.contract) != 0)
                return misused(verb, "« %s » n'est pas l'identifiant d'un contrat (un UUID).", argv[1]);
        if (!session_open(directory, 0, &session))
                return CTL_FAILED;
        session_act(&session, TYPES__ROLE__COORDINATOR, NULL, "*");
        return part->print(&session, &wanted);
}

const struct verb verb_contract = {
        .name = "contract",
        .summary = "raconte la vie d'un contrat ; rédige sa clause ; en fait le bilan",
        .usage = "guichetctl contract history ID [--dir run]\n"
                 "guichetctl contract draft ID [--piece CCAP] [--lot 1] [--keep] [--dir run]\n"
                 "guichetctl contract statement ID [--dir run]\n\n"
                 "« history » : la vie du contrat, un événement après l'autre, en français.\n"
                 "« draft » : la clause d'un lot, rédigée pour une pièce (RC, CCAP, AE), ou la note de son calcul, à\n"
                 "l'acheteur seul (NOTE). Rien n'est imprimé tant que\n"
                 "manquent le périmètre, le contact du facilitateur, les publics ou les heures ; tout ce qui manque\n"
                 "est nommé. « --keep » note que ce texte est remis à l'acheteur.\n"
                 "« statement » : le bilan du contrat, à imprimer : heures par entreprise, dossiers de contrôle,\n"
                 "pénalités décidées par l'acheteur.\n\n"
                 "Exemples :\n"
                 "  guichetctl contract history 0192f0c1-7a3b-7001-8f00-0123456789ab\n"
                 "  guichetctl contract draft 0192f0c1-7a3b-7001-8f00-0123456789ab --piece RC",
        .run = run_contract,
};
