#include "services/gateway/front/api_files.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/codec/path.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/file_call.h"
#include "services/gateway/front/file_name.h"
#include "services/gateway/front/problem.h"
#include "services/gateway/front/range.h"
#include "services/gateway/front/scoped.h"

enum { PIECE = LIMIT_BLOB_PIECE_BYTES, ETAG_TEXT_SIZE = 2 * 32 + 3 };

/* A file on its way, either way. It lives until the request is gone. */
struct transfer {
        struct transfer *next;
        struct gateway *gateway;
        struct id account;
        struct http_request *request;
        struct file_call *call;
        uint32_t index; /* the piece that is sent, or asked for, next */
        bool is_asking;
        bool is_over;           /* put: all of it has come */
        int status;             /* of the refusal; 0: none */
        Types__Refusal refusal; /* in the request's arena */
        uint32_t next_piece;    /* put: as the daemon told */
        uint64_t at, end;       /* get: the byte that is given next, and behind the last */
        uint64_t size;          /* get: of the whole */
        size_t filled;
        uint8_t piece[PIECE];
};

/* ---- places */

static void refuse_as(struct http_request *request, int status, Types__RefusalCode code, const char *text)
{
        static const struct http_header later[] = {{"Retry-After", "5"}, {NULL, NULL}};
        struct refusal refusal;
        (void)refuse(&refusal, code, "", "%s", text);
        answer_refusal(request, status, &refusal, status == 429 || status == 503 ? later : NULL);
}

static bool has_place(const struct visit *visit, struct id account)
{
        size_t all = 0, own = 0;
        for (const struct transfer *transfer = visit->gateway->transfers; transfer != NULL; transfer = transfer->next) {
                all++;
                own += id_equal(transfer->account, account);
        }
        if (own < FILES_OF_ONE && all < FILES_MAX)
                return true;
        if (own >= FILES_OF_ONE)
                refuse_as(visit->request, 429, TYPES__REFUSAL_CODE__UNAVAILABLE,
                          "Plusieurs documents sont déjà en route pour votre compte : attendez que l'un soit arrivé.");
        else
                refuse_as(visit->request, 503, TYPES__REFUSAL_CODE__UNAVAILABLE,
                          "Beaucoup de documents sont en route : réessayez dans quelques secondes.");
        return false;
}

static void on_gone(void *context)
{
        struct transfer *transfer = context, **link = &transfer->gateway->transfers;
        while (*link != transfer)
                link = &(*link)->next;
        *link = transfer->next;
        file_call_free(transfer->call);
        free(transfer);
}

/* The method that the path names, which must be of this kind. False once it has been refused. */
static bool find_method(const struct visit *visit, bool (*is_such)(const struct catalogue_method *method),
                        struct catalogue_method *ret)
{
        struct refusal refusal;
        const char *name = arena_printf(http_arena(visit->request), "%s.%s", visit->segments[0], visit->segments[1]);
        if (catalogue_method(name, ret) && is_such(ret))
                return scoped_admit(visit, ret);
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNKNOWN_METHOD, "", "« %.100s » ne porte pas de fichier.", name);
        answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
        return false;
}

/* NULL once it has been refused. */
static struct transfer *begin(const struct visit *visit, const struct catalogue_method *method, file_answer_f done)
{
        struct id account = id_of(visit->session->passport->account);
        struct refusal refusal;
        if (!has_place(visit, account))
                return NULL;
        struct transfer *transfer = calloc(1, sizeof(*transfer));
        require(transfer != NULL);
        transfer->call = file_call_new(visit, method, done, transfer, &refusal);
        if (transfer->call == NULL) {
                free(transfer);
                answer_refusal(visit->request, problem_status(refusal.code), &refusal, NULL);
                return NULL;
        }
        transfer->gateway = visit->gateway;
        transfer->account = account;
        transfer->request = visit->request;
        transfer->next = visit->gateway->transfers;
        visit->gateway->transfers = transfer;
        return transfer;
}

/* A daemon names the field as the proto file spells it. */
static void keep_refusal(struct transfer *transfer, const struct file_answer *answer)
{
        struct arena *arena = http_arena(transfer->request);
        char *field = arena_text(arena, answer->refusal->field);
        path_to_json(field);
        types__refusal__init(&transfer->refusal);
        transfer->refusal.code = answer->refusal->code;
        transfer->refusal.field = field;
        transfer->refusal.text = arena_text(arena, answer->refusal->text);
        transfer->status = answer->status;
}

/* What a reply says in a field of that name, which the catalogue promises. */
static const void *told(const ProtobufCMessage *reply, const char *name)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(reply->descriptor, name);
        return (const char *)reply + field->offset;
}

/* ---- put */

static void send_piece(struct transfer *transfer)
{
        size_t size = transfer->filled;
        transfer->filled = 0;
        transfer->is_asking = true;
        file_call_ask(transfer->call, transfer->index++, slice_of(transfer->piece, size));
}

static void answer_put(struct transfer *transfer)
{
        if (transfer->status != 0)
                answer_problem(transfer->request, transfer->status, &transfer->refusal, NULL);
        else
                answer_json(transfer->request, 200, json_pack("{s:I}", "nextPiece", (json_int_t)transfer->next_piece),
                            NULL);
}

static void go_on(struct transfer *transfer)
{
        bool is_full = transfer->filled == PIECE, is_last = transfer->is_over && transfer->filled > 0;
        if (transfer->is_asking)
                return;
        if (transfer->status == 0 && (is_full || is_last))
                send_piece(transfer);
        else if (transfer->is_over)
                answer_put(transfer);
}

static void on_put(void *argument, const struct file_answer *answer)
{
        struct transfer *transfer = argument;
        transfer->is_asking = false;
        if (answer->refusal != NULL)
                keep_refusal(transfer, answer);
        else
                transfer->next_piece = *(const uint32_t *)told(answer->reply, "next_piece");
        if (transfer->is_over) { /* it may be answered, and gone with its request */
                go_on(transfer);
                return;
        }
        go_on(transfer);
        http_more(transfer->request);
}

/* What comes after a refusal is dropped: nobody is answered in the midst of a body. */
static size_t take_bytes(void *context, const char *bytes, size_t size)
{
        struct transfer *transfer = context;
        if (transfer->status != 0)
                return size;
        size_t taken = size < PIECE - transfer->filled ? size : PIECE - transfer->filled;
        memcpy(transfer->piece + transfer->filled, bytes, taken);
        transfer->filled += taken;
        if (transfer->filled == PIECE)
                go_on(transfer);
        return taken;
}

void api_file_greet(struct visit *visit)
{
        struct catalogue_method method;
        uint64_t from;
        if (!find_method(visit, catalogue_takes_pieces, &method))
                return;
        if (!range_sent(http_header(visit->request, "Content-Range"), &from) || from % PIECE != 0 ||
            from / PIECE > UINT32_MAX) {
                refuse_as(visit->request, 400, TYPES__REFUSAL_CODE__MALFORMED,
                          "Content-Range doit être « bytes DÉBUT-FIN/TAILLE », et le début celui d'un morceau : "
                          "nextPiece fois pieceBytes.");
                return;
        }
        struct transfer *transfer = begin(visit, &method, on_put);
        if (transfer == NULL)
                return;
        transfer->index = (uint32_t)(from / PIECE);
        http_take_pieces(visit->request, (struct http_sink){take_bytes, transfer, on_gone});
}

void api_file_put(struct visit *visit)
{
        struct transfer *transfer = http_sink_context(visit->request);
        if (transfer == NULL) {
                refuse_as(visit->request, 400, TYPES__REFUSAL_CODE__MALFORMED,
                          "Ce fichier est vide : envoyez-le dans le corps de la demande.");
                return;
        }
        transfer->is_over = true;
        go_on(transfer);
}

/* ---- get */

static void ask_piece(struct transfer *transfer, uint32_t index)
{
        transfer->index = index;
        transfer->is_asking = true;
        transfer->filled = 0;
        file_call_ask(transfer->call, index, slice_of(NULL, 0));
}

static void keep_piece(struct transfer *transfer, const struct file_answer *answer)
{
        transfer->is_asking = false;
        const ProtobufCBinaryData *content =
                answer->refusal != NULL ? NULL : (const ProtobufCBinaryData *)told(answer->reply, "content");
        if (content == NULL || content->len == 0 || content->len > PIECE) {
                transfer->status = answer->refusal != NULL ? answer->status : 502;
                return;
        }
        memcpy(transfer->piece, content->data, content->len);
        transfer->filled = content->len;
}

/* Of the piece that is here; where the next byte is in another, that one is asked for. */
static ssize_t give_bytes(void *context, char *bytes, size_t room)
{
        struct transfer *transfer = context;
        uint64_t begins = (uint64_t)transfer->index * PIECE;
        if (transfer->status != 0)
                return -1;
        if (transfer->is_asking)
                return 0;
        if (transfer->at < begins || transfer->at >= begins + transfer->filled) {
                if (transfer->at / PIECE == transfer->index)
                        return -1; /* it is shorter than it was said to be */
                ask_piece(transfer, (uint32_t)(transfer->at / PIECE));
                return transfer->status != 0 ? -1 : 0; /* who is out by now hears so at once */
        }
        uint64_t left = begins + transfer->filled - transfer->at, wanted = transfer->end - transfer->at;
        size_t size = room < left ? room : (size_t)left;
        size = size < wanted ? size : (size_t)wanted;
        memcpy(bytes, transfer->piece + (transfer->at - begins), size);
        transfer->at += size;
        return (ssize_t)size;
}

static const struct media {
        const char *name, *type, *ending;
} media[] = {
        {"PDF", "application/pdf", "pdf"},
        {"JPEG", "image/jpeg", "jpg"},
        {"PNG", "image/png", "png"},
        {"TEXT", "text/plain; charset=utf-8", "txt"},
        {NULL, "application/octet-stream", "bin"},
};

/* Security: by what was found in its first bytes when it came, never by a name. */
static const struct media *media_of(const ProtobufCMessage *reply)
{
        const ProtobufCFieldDescriptor *field =
                protobuf_c_message_descriptor_get_field_by_name(reply->descriptor, "media_type");
        const ProtobufCEnumValue *value =
                protobuf_c_enum_descriptor_get_value(field->descriptor, *(const int *)told(reply, "media_type"));
        const struct media *found = media;
        while (found->name != NULL && (value == NULL || strcmp(found->name, value->name) != 0))
                found++;
        return found;
}

static const char *etag_of(const ProtobufCMessage *reply, struct arena *arena)
{
        const ProtobufCBinaryData *tag = told(reply, "tag");
        char text[ETAG_TEXT_SIZE] = "\"";
        size_t used = 1;
        for (size_t i = 0; i < tag->len && i < 32; i++)
                used += (size_t)snprintf(text + used, sizeof(text) - used, "%02x", tag->data[i]);
        return arena_printf(arena, "%s\"", text);
}

static void refuse_range(struct transfer *transfer, struct arena *arena)
{
        const struct http_header more[] = {{"Content-Range", arena_printf(arena, "bytes */%" PRIu64, transfer->size)},
                                           {NULL, NULL}};
        struct refusal refusal;
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "Range", "Ce document compte %" PRIu64 " octets.",
                     transfer->size);
        answer_refusal(transfer->request, 416, &refusal, more);
}

static void answer_file(struct transfer *transfer, const ProtobufCMessage *reply)
{
        struct http_request *request = transfer->request;
        struct arena *arena = http_arena(request);
        const struct media *kind = media_of(reply);
        const char *etag = etag_of(reply, arena);
        const struct range_wish wish = {http_header(request, "Range"), http_header(request, "If-Range"), etag,
                                        transfer->size};
        uint64_t size;
        enum range_verdict verdict = range_wanted(&wish, &transfer->at, &size);
        if (verdict == RANGE_OUTSIDE) {
                refuse_range(transfer, arena);
                return;
        }
        transfer->end = transfer->at + size;
        const char *range = arena_printf(arena, "bytes %" PRIu64 "-%" PRIu64 "/%" PRIu64, transfer->at,
                                         transfer->end - 1, transfer->size);
        const struct http_response response = {
                .status = verdict == RANGE_PART ? 206 : 200,
                .headers = {{"Content-Type", kind->type},
                            {"Content-Disposition",
                             file_disposition(*(char *const *)told(reply, "title"), kind->ending, arena)},
                            {"Cache-Control", "private, no-store"},
                            {"Accept-Ranges", "bytes"},
                            {"ETag", etag},
                            {verdict == RANGE_PART ? "Content-Range" : NULL, range}},
        };
        http_answer_pieces(request, &response, size);
}

static void on_first(struct transfer *transfer, const struct file_answer *answer)
{
        transfer->size = *(const uint64_t *)told(answer->reply, "size");
        if (transfer->size == 0 || *(const uint32_t *)told(answer->reply, "piece_bytes") != PIECE) {
                refuse_as(transfer->request, 502, TYPES__REFUSAL_CODE__UNAVAILABLE,
                          "Ce document n'a pas la forme attendue : prévenez l'exploitant du réseau.");
                return;
        }
        answer_file(transfer, answer->reply);
}

static void on_got(void *argument, const struct file_answer *answer)
{
        struct transfer *transfer = argument;
        bool is_first = transfer->size == 0;
        keep_piece(transfer, answer);
        if (!is_first) {
                http_more(transfer->request);
        } else if (answer->refusal != NULL) {
                keep_refusal(transfer, answer);
                answer_problem(transfer->request, transfer->status, &transfer->refusal, NULL);
        } else {
                on_first(transfer, answer);
        }
}

void api_file_get(struct visit *visit)
{
        struct catalogue_method method;
        if (!find_method(visit, catalogue_gives_pieces, &method))
                return;
        struct transfer *transfer = begin(visit, &method, on_got);
        if (transfer == NULL)
                return;
        http_keep_source(visit->request, (struct http_source){give_bytes, transfer, on_gone});
        ask_piece(transfer, 0);
}
