/* call: any command or query of the network, from JSON to JSON. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "services/ctl/methods.h"
#include "services/ctl/options.h"
#include "services/ctl/print_document.h"
#include "services/ctl/print_json.h"
#include "services/ctl/request_json.h"
#include "services/ctl/session.h"

struct call {
        const char *directory;
        const char *role;
        const char *organisation;
        const char *territory;
        const char *key;
        const char *instance;
        uint64_t seconds;
        char method[2 * LIMIT_METHOD_BYTES];
        struct catalogue_method found;
        struct id key_id;
        struct id organisation_id;
        Types__Role role_value;
        struct document_wish document;
};

static int check_arguments(const struct verb *verb, struct call *call, char **argv)
{
        (void)snprintf(call->method, sizeof(call->method), "%s.%s", argv[0], argv[1]);
        if (!catalogue_method(call->method, &call->found))
                return method_unknown(verb, argv[0], argv[1]);
        if (!role_parse(call->role, &call->role_value))
                return role_unknown(verb, call->role);
        if (call->organisation != NULL && id_parse(call->organisation, &call->organisation_id) != 0)
                return misused(verb, "« --organisation %s » : ce n'est pas un UUID.", call->organisation);
        if (call->key != NULL && id_parse(call->key, &call->key_id) != 0)
                return misused(verb, "« --key %s » : ce n'est pas un UUID.", call->key);
        return CTL_DONE;
}

/* The whole of standard input, up to what a request may hold. NULL after a complaint. */
static const char *read_input(struct arena *arena)
{
        enum { SIZE = 4 * LIMIT_REQUEST_BYTES }; /* JSON is longer than what it becomes */
        char *text = arena_alloc(arena, SIZE);
        size_t size = fread(text, 1, SIZE, stdin);
        if (size == SIZE) {
                (void)complain("l'entrée dépasse %d octets.", SIZE);
                return NULL;
        }
        text[size] = '\0';
        return text;
}

/* The field by which answers say that they do not hold all. */
static bool is_cut(const ProtobufCMessage *reply)
{
        const ProtobufCFieldDescriptor *cut = protobuf_c_message_descriptor_get_field_by_name(reply->descriptor, "cut");
        return cut != NULL && cut->type == PROTOBUF_C_TYPE_BOOL &&
               *(const protobuf_c_boolean *)(const void *)((const uint8_t *)reply + cut->offset);
}

static int tell_answer(const struct answer *answer)
{
        if (answer->body != NULL && is_cut(answer->body))
                (void)fputs("Réponse partielle : il y avait plus à lire qu'une demande ne le peut. Restreignez-la.\n",
                            stderr);
        if (answer->body != NULL)
                return print_json(stdout, answer->body) ? CTL_DONE : CTL_FAILED;
        (void)print_json(stderr, &answer->refusal->base);
        return failed_as(refusal_exit(answer->refusal));
}

/* It may have been done: the same key says so, or does it. */
static int tell_silence(const struct call *call, const struct err_info *info)
{
        char key[ID_TEXT_SIZE];
        (void)failed_as(CTL_UNAVAILABLE);
        if (info->code != ERR_TIMEOUT || !call->found.is_command)
                return complain("%s", info->text);
        id_format(call->key_id, key);
        return complain("%s\nPeut-être la demande a-t-elle été faite : renvoyez la même avec « --key %s », elle ne le "
                        "sera qu'une fois.",
                        info->text, key);
}

static int send_call(struct call *call, struct session *session, const char *text, struct arena *arena)
{
        struct answer answer = {0};
        struct err_info info = {0};
        struct world world = world_real();
        const struct id *key = &call->key_id;
        ProtobufCMessage *request = request_of_json(session, text, call->found.method->input, arena);
        if (request == NULL)
                return CTL_FAILED;
        if (call->key == NULL)
                call->key_id = id_new(&world, world.now_ms(&world), 0);
        const struct instance *instance = NULL;
        if (call->instance != NULL && (instance = topology_instance(session->topology, call->instance)) == NULL)
                return complain("la topologie n'a pas d'instance « %s ».", call->instance);
        int err = instance != NULL ? link_call_instance(session->link, instance, call->method, request, key, arena,
                                                        &answer, &info)
                                   : link_call(session->link, call->method, request, key, arena, &answer, &info);
        if (err == 0 && answer.body != NULL && call->document.out != NULL)
                return print_document(answer.body, &call->document);
        return err == 0 ? tell_answer(&answer) : tell_silence(call, &info);
}

static int run_call(const struct verb *verb, int argc, char **argv)
{
        struct call call = {.directory = "run", .role = "OPERATOR", .territory = "*", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &call.directory},
                {.name = "--as", .text = &call.role},
                {.name = "--organisation", .text = &call.organisation},
                {.name = "--territory", .text = &call.territory},
                {.name = "--key", .text = &call.key},
                {.name = "--instance", .text = &call.instance},
                {.name = "--out", .text = &call.document.out},
                {.name = "--final", .flag = &call.document.is_final},
                {.name = "--seconds", .number = &call.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 2, .words_max = 3};
        scoped(session_close) struct session session = {0};
        scoped(arena_fini) struct arena arena = {0};

        int words = options_parse(verb, &options, argc, argv);
        if (words < 0 || check_arguments(verb, &call, argv) != CTL_DONE)
                return CTL_MISUSED;
        if (!document_wish_holds(&call.document))
                return CTL_MISUSED;
        const char *text = words < 3 ? "{}" : strcmp(argv[2], "-") == 0 ? read_input(&arena) : argv[2];
        if (text == NULL || !session_open(call.directory, (uint32_t)call.seconds * 1000, &session))
                return CTL_FAILED;
        session_act(&session, call.role_value, call.organisation != NULL ? &call.organisation_id : NULL,
                    call.territory);
        return send_call(&call, &session, text, &arena);
}

const struct verb verb_call = {
        .name = "call",
        .summary = "fait une demande à un service, en JSON",
        .usage =
                "guichetctl call SERVICE DEMANDE [JSON] [--dir run] [--as RÔLE] [--organisation UUID]\n"
                "                [--territory 31,82] [--key UUID] [--instance NOM] [--seconds 10]\n"
                "                [--out FICHIER] [--final]\n\n"
                "Envoie une commande ou une question (proto/SERVICE/*.proto) et affiche la réponse en JSON. « - » lit "
                "le\n"
                "JSON sur l'entrée standard. Un refus s'affiche sur la sortie d'erreur, avec le code 3.\n"
                "Montants, parts, heures et jours s'écrivent aussi comme en français : \"1 000 000 €\", \"5 %\", "
                "\"151h40\", \"15/03/2027\" ;\n"
                "un contrat, par son numéro ou quelques mots : {\"contractId\": \"école Jaurès\"} ; ce qu'il contient, "
                "derrière une barre : {\"clauseId\": \"école Jaurès / lot 1\"}.\n\n"
                "  --as RÔLE         qui demande : OPERATOR (à défaut), FACILITATOR, COORDINATOR, BUYER, COMPANY,\n"
                "                    STRUCTURE, PRESCRIBER, AUDITOR, DATA_PROTECTION\n"
                "  --organisation    l'organisation de celui qui demande\n"
                "  --territory       ses départements ; * : toute la région\n"
                "  --key             clé d'idempotence : la même donne la même réponse\n"
                "  --instance        à cette instance seulement (service « runtime »)\n"
                "  --out             le document que contient la réponse, dans un fichier .txt, .html, .pdf ou .odt\n"
                "  --final           sans la feuille de ce qui est à confirmer avant de signer\n\n"
                "Exemples :\n"
                "  guichetctl call contracts Contracts '{\"page\": {\"limit\": 3}}' --as COORDINATOR\n"
                "  guichetctl call tracking ReferBeneficiary - --as PRESCRIBER --organisation UUID <personne.json\n"
                "  guichetctl call runtime Health '{}' --instance tracking-1",
        .run = run_call,
};
