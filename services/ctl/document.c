/* document: the documents of a placement: sent piece by piece, listed, read, removed. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/day.h"
#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/blob_form.h"
#include "services/ctl/options.h"
#include "services/ctl/session.h"
#include "services/ctl/terminal.h"
#include "tracking/commands.pb-c.h"
#include "tracking/queries.pb-c.h"

enum { ID_WIDTH = 38, MEDIA_WIDTH = 6, BYTES_WIDTH = -12, DATE_WIDTH = 26 };

struct document {
        const struct verb *verb;
        const char *directory;
        const char *placement;
        const char *territory;
        const char *title;
        const char *reason, *reason_code;
        const char *out;
        const char *key;
        uint64_t seconds;
        struct id placement_id, key_id, document_id;
        struct session session;
        struct arena arena;
};

static void end_document(struct document *document)
{
        session_close(&document->session);
        arena_fini(&document->arena);
}

static void close_stream(FILE **stream)
{
        if (*stream != NULL)
                (void)fclose(*stream);
}

static const char *media_name(Types__MediaType media)
{
        static const char *const names[MEDIA_END] = {"?", "PDF", "JPEG", "PNG", "texte"};
        return media > 0 && (int)media < MEDIA_END ? names[media] : names[0];
}

/* --- put --------------------------------------------------------------------------------------------------------- */

struct sending {
        FILE *file;
        uint64_t size;
        uint8_t bytes[LIMIT_BLOB_PIECE_BYTES];
};

static int open_file(const char *path, struct sending *sending, enum blob_media *ret_media)
{
        struct stat facts;
        sending->file = fopen(path, "rbe");
        if (sending->file == NULL || fstat(fileno(sending->file), &facts) != 0)
                return complain("%s : illisible (%s).", path, strerror(errno));
        sending->size = (uint64_t)facts.st_size;
        if (!S_ISREG(facts.st_mode) || sending->size < 1 || sending->size > LIMIT_BLOB_BYTES)
                return complain("%s : un document est un fichier de 1 octet à %d Mio.", path,
                                LIMIT_BLOB_BYTES / (1024 * 1024));
        size_t first = fread(sending->bytes, 1, sizeof(sending->bytes), sending->file);
        *ret_media = blob_media_of(slice_of(sending->bytes, first));
        if (*ret_media == MEDIA_NONE)
                return complain("%s : n'est ni un PDF, ni une image JPEG ou PNG, ni un texte en UTF-8.", path);
        return CTL_DONE;
}

static bool send_piece(struct document *document, struct sending *sending, Types__Id *upload, uint32_t index)
{
        scoped(arena_fini) struct arena arena = {0};
        Tracking__PutDocumentPiece request = TRACKING__PUT_DOCUMENT_PIECE__INIT;
        struct blob_piece piece = blob_piece_of(sending->size, index);
        if (fseek(sending->file, (long)((uint64_t)index * LIMIT_BLOB_PIECE_BYTES), SEEK_SET) != 0 ||
            fread(sending->bytes, 1, piece.plain, sending->file) != piece.plain)
                return complain("le fichier a changé ou ne se lit plus.") == 0;
        request.placement_id = id_to(&arena, document->placement_id);
        request.upload_id = upload;
        request.index = index;
        request.content = pb_bytes(slice_of(sending->bytes, piece.plain));
        return session_call(&document->session, "tracking.PutDocumentPiece", &request, NULL, &arena) != NULL;
}

static int attach(struct document *document, Types__Id *upload)
{
        Tracking__AttachDocument request = TRACKING__ATTACH_DOCUMENT__INIT;
        char text[ID_TEXT_SIZE];
        request.placement_id = id_to(&document->arena, document->placement_id);
        request.upload_id = upload;
        request.title = arena_text(&document->arena, document->title);
        const Tracking__AttachDocumentReply *reply =
                session_call(&document->session, "tracking.AttachDocument", &request, NULL, &document->arena);
        if (reply == NULL)
                return CTL_FAILED;
        id_format(id_of(reply->document_id), text);
        (void)printf("%s\n", text);
        return CTL_DONE;
}

static int tell_key(const struct document *document)
{
        char key[ID_TEXT_SIZE];
        id_format(document->key_id, key);
        return complain("L'envoi peut reprendre où il en est : la même commande avec « --key %s ».", key);
}

static int send_all(struct document *document, struct sending *sending, enum blob_media media)
{
        Tracking__BeginDocument request = TRACKING__BEGIN_DOCUMENT__INIT;
        request.placement_id = id_to(&document->arena, document->placement_id);
        request.size = (uint32_t)sending->size;
        request.media_type = (Types__MediaType)media;
        const Tracking__BeginDocumentReply *begun = session_call(&document->session, "tracking.BeginDocument", &request,
                                                                 &document->key_id, &document->arena);
        if (begun == NULL)
                return CTL_FAILED;
        for (uint32_t i = begun->next_piece; i < begun->pieces; i++) {
                progress("%u morceaux sur %u", i, begun->pieces);
                if (!send_piece(document, sending, begun->upload_id, i)) {
                        progress_end();
                        return tell_key(document);
                }
        }
        progress_end();
        int code = attach(document, begun->upload_id);
        return code == CTL_DONE ? code : tell_key(document);
}

static int send_document(struct document *document, const char *path)
{
        struct world world = world_real();
        static struct sending sending;
        scoped(close_stream) FILE *file = NULL;
        enum blob_media media;
        if (document->title == NULL)
                return misused(document->verb, "il faut « --title TEXTE », ce qu'est le document.");
        if (document->key == NULL)
                document->key_id = id_new(&world, world.now_ms(&world), 0);
        else if (id_parse(document->key, &document->key_id) != 0)
                return misused(document->verb, "« --key %s » : ce n'est pas un UUID.", document->key);
        int code = open_file(path, &sending, &media);
        file = sending.file;
        return code == CTL_DONE ? send_all(document, &sending, media) : code;
}

/* --- list -------------------------------------------------------------------------------------------------------- */

static void tell_line(const Tracking__DocumentLine *line)
{
        char id[ID_TEXT_SIZE], at[INSTANT_TEXT_SIZE], size[NUMBER_TEXT_SIZE];
        id_format(id_of(line->document_id), id);
        instant_format(line->attached_at->ms, at);
        print_cell(id, ID_WIDTH);
        print_cell(at, DATE_WIDTH);
        print_cell(media_name(line->media_type), MEDIA_WIDTH);
        print_cell(number_text(line->size, size), BYTES_WIDTH);
        (void)printf("  %s\n", line->erased ? "(effacé)" : line->title);
}

static int list_documents(struct document *document)
{
        Tracking__DocumentsRequest request = TRACKING__DOCUMENTS_REQUEST__INIT;
        Types__Page page = TYPES__PAGE__INIT;
        request.placement_id = id_to(&document->arena, document->placement_id);
        request.page = &page;
        do {
                const Tracking__DocumentsReply *reply =
                        session_call(&document->session, "tracking.Documents", &request, NULL, &document->arena);
                if (reply == NULL)
                        return CTL_FAILED;
                for (size_t i = 0; i < reply->n_documents; i++)
                        tell_line(reply->documents[i]);
                page.after = reply->next;
        } while (page.after.len > 0);
        return CTL_DONE;
}

/* --- get, remove ------------------------------------------------------------------------------------------------- */

static bool receive_piece(struct document *document, FILE *file, uint32_t index)
{
        scoped(arena_fini) struct arena arena = {0};
        Tracking__DocumentPiece request = TRACKING__DOCUMENT_PIECE__INIT;
        request.placement_id = id_to(&arena, document->placement_id);
        request.document_id = id_to(&arena, document->document_id);
        request.index = index;
        const Tracking__DocumentPieceReply *reply =
                session_call(&document->session, "tracking.DocumentPiece", &request, NULL, &arena);
        if (reply == NULL)
                return false;
        return fwrite(reply->content.data, 1, reply->content.len, file) == reply->content.len ||
               complain("%s : écriture impossible (%s).", document->out, strerror(errno)) == 0;
}

static int receive(struct document *document, uint32_t pieces)
{
        int fd = open(document->out, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
        FILE *file = fd < 0 ? NULL : fdopen(fd, "wb");
        bool done = true;
        if (file == NULL)
                return complain("%s : ne peut être créé (%s).", document->out, strerror(errno));
        for (uint32_t i = 0; done && i < pieces; i++) {
                progress("%u morceaux sur %u", i, pieces);
                done = receive_piece(document, file, i);
        }
        progress_end();
        if (fclose(file) != 0 && done)
                done = complain("%s : écriture impossible (%s).", document->out, strerror(errno)) == 0;
        if (!done)
                (void)unlink(document->out);
        return done ? CTL_DONE : CTL_FAILED;
}

static int receive_document(struct document *document)
{
        Tracking__OpenDocument request = TRACKING__OPEN_DOCUMENT__INIT;
        if (document->out == NULL || document->reason == NULL || document->reason_code == NULL)
                return misused(document->verb,
                               "il faut « --out FICHIER », « --reason-code CODE » et « --reason TEXTE » : chaque "
                               "ouverture est conservée avec son motif.");
        request.placement_id = id_to(&document->arena, document->placement_id);
        request.document_id = id_to(&document->arena, document->document_id);
        request.reason = arena_text(&document->arena, document->reason);
        request.reason_code = arena_text(&document->arena, document->reason_code);
        const Tracking__OpenDocumentReply *open =
                session_call(&document->session, "tracking.OpenDocument", &request, NULL, &document->arena);
        return open != NULL ? receive(document, open->pieces) : CTL_FAILED;
}

static int remove_document(struct document *document)
{
        Tracking__RemoveDocument request = TRACKING__REMOVE_DOCUMENT__INIT;
        request.placement_id = id_to(&document->arena, document->placement_id);
        request.document_id = id_to(&document->arena, document->document_id);
        return session_call(&document->session, "tracking.RemoveDocument", &request, NULL, &document->arena) != NULL
                       ? CTL_DONE
                       : CTL_FAILED;
}

/* ----------------------------------------------------------------------------------------------------------------- */

static int act(struct document *document, int words, char **argv)
{
        bool puts_one = strcmp(argv[0], "put") == 0, lists = strcmp(argv[0], "list") == 0;
        bool gets = strcmp(argv[0], "get") == 0, removes = strcmp(argv[0], "remove") == 0;
        if (!puts_one && !lists && !gets && !removes)
                return misused(document->verb, "« %s » : put, list, get ou remove.", argv[0]);
        if ((words == 1) != lists)
                return misused(document->verb, "« %s » demande %s.", argv[0],
                               lists      ? "un parcours seulement"
                               : puts_one ? "un fichier"
                                          : "un document, par son UUID");
        if (document->placement == NULL || id_parse(document->placement, &document->placement_id) != 0)
                return misused(document->verb, "il faut « --placement UUID », le parcours.");
        if ((gets || removes) && id_parse(argv[1], &document->document_id) != 0)
                return misused(document->verb, "« %s » : ce n'est pas l'UUID d'un document.", argv[1]);
        if (!session_open(document->directory, (uint32_t)document->seconds * 1000, &document->session))
                return CTL_FAILED;
        session_act(&document->session, TYPES__ROLE__FACILITATOR, NULL, document->territory);
        return puts_one ? send_document(document, argv[1])
               : lists  ? list_documents(document)
               : gets   ? receive_document(document)
                        : remove_document(document);
}

static int run_document(const struct verb *verb, int argc, char **argv)
{
        scoped(end_document) struct document document = {
                .verb = verb, .directory = "run", .territory = "*", .seconds = 10};
        const struct option_row rows[] = {
                {.name = "--dir", .text = &document.directory},
                {.name = "--placement", .text = &document.placement},
                {.name = "--territory", .text = &document.territory},
                {.name = "--title", .text = &document.title},
                {.name = "--key", .text = &document.key},
                {.name = "--out", .text = &document.out},
                {.name = "--reason", .text = &document.reason},
                {.name = "--reason-code", .text = &document.reason_code},
                {.name = "--seconds", .number = &document.seconds, .number_max = 3600},
        };
        const struct options options = {.rows = rows, .count = ARRAY_SIZE(rows), .words_min = 1, .words_max = 2};
        int words = options_parse(verb, &options, argc, argv);
        return words < 0 ? CTL_MISUSED : act(&document, words, argv);
}

const struct verb verb_document = {
        .name = "document",
        .summary = "joint, montre, lit ou retire les documents d'un parcours",
        .usage = "guichetctl document put FICHIER --placement UUID --title TEXTE [--key UUID]\n"
                 "guichetctl document list --placement UUID\n"
                 "guichetctl document get DOCUMENT --placement UUID --reason-code CODE --reason TEXTE --out FICHIER\n"
                 "guichetctl document remove DOCUMENT --placement UUID\n"
                 "                 [--dir run] [--territory 31,82] [--seconds 10]\n\n"
                 "Agit comme facilitateur. Un document est un PDF, une image JPEG ou PNG, ou un texte en UTF-8, de "
                 "8 Mio au\n"
                 "plus ; il est scellé avec la clé de la personne. L'envoi se fait par morceaux et, interrompu, "
                 "reprend avec la\n"
                 "clé affichée. Chaque lecture est conservée avec son motif (tracking.FileReadings).\n\n"
                 "  --title        ce qu'est le document, sans le nom de la personne\n"
                 "  --reason-code  un code de deploy/rules/reading_reasons.json\n"
                 "  --out          fichier à créer ; il ne doit pas exister\n\n"
                 "Exemples :\n"
                 "  guichetctl document put attestation.pdf --placement UUID --title \"Attestation d'embauche\"\n"
                 "  guichetctl document get UUID --placement UUID --reason-code PLACEMENT \\\n"
                 "                  --reason \"vérifier la date du contrat\" --out attestation.pdf",
        .run = run_document,
};
