/* papers.h: a document that comes to a placement in pieces, for the tests of the room. On top of scene.h, whose memory
 * everything lives in. */
#ifndef TESTS_UNIT_SERVICES_TRACKING_DOCUMENTS_PAPERS_H
#define TESTS_UNIT_SERVICES_TRACKING_DOCUMENTS_PAPERS_H

#include "common/base/limits.h"
#include "common/store/blobs.h"
#include "tests/unit/services/tracking/scene.h"

enum { PAPER_SIZE = LIMIT_BLOB_PIECE_BYTES + 500, PAPER_PIECES = 2 };

/* What the document says: a PDF by its first bytes. */
static inline struct slice paper_bytes(struct scene *s)
{
        uint8_t *bytes = arena_alloc(&s->f.arena, PAPER_SIZE);
        for (size_t i = 0; i < PAPER_SIZE; i++)
                bytes[i] = (uint8_t)(i * 7 + i / 253);
        memcpy(bytes, "%PDF-1.4 attestation confidentielle", strlen("%PDF-1.4 attestation confidentielle"));
        return slice_of(bytes, PAPER_SIZE);
}

static inline Tracking__BeginDocument *paper_beginning(struct scene *s, struct id placement)
{
        Tracking__BeginDocument *command = pb_new(&tracking__begin_document__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->size = PAPER_SIZE;
        command->media_type = TYPES__MEDIA_TYPE__PDF;
        return command;
}

static inline struct id paper_begin(struct scene *s, struct id placement)
{
        const Tracking__BeginDocumentReply *reply =
                fixture_get(&s->f, s->facilitator, "BeginDocument", paper_beginning(s, placement));
        assert_int_equal(reply->piece_bytes, LIMIT_BLOB_PIECE_BYTES);
        assert_int_equal(reply->pieces, PAPER_PIECES);
        return id_of(reply->upload_id);
}

static inline Tracking__PutDocumentPiece *paper_piece(struct scene *s, struct id placement, struct id upload,
                                                      uint32_t index)
{
        struct slice bytes = paper_bytes(s);
        size_t at = (size_t)index * LIMIT_BLOB_PIECE_BYTES;
        size_t left = at < bytes.size ? bytes.size - at : 0;
        Tracking__PutDocumentPiece *command = pb_new(&tracking__put_document_piece__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->upload_id = scene_id(s, upload);
        command->index = index;
        command->content = pb_bytes(
                slice_of(bytes.data + at, left < LIMIT_BLOB_PIECE_BYTES ? left : (size_t)LIMIT_BLOB_PIECE_BYTES));
        return command;
}

static inline uint32_t paper_put(struct scene *s, struct id placement, struct id upload, uint32_t index)
{
        const Tracking__PutDocumentPieceReply *reply =
                fixture_get(&s->f, s->facilitator, "PutDocumentPiece", paper_piece(s, placement, upload, index));
        return reply->next_piece;
}

static inline Tracking__AttachDocument *paper_attachment(struct scene *s, struct id placement, struct id upload)
{
        Tracking__AttachDocument *command = pb_new(&tracking__attach_document__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->upload_id = scene_id(s, upload);
        command->title = arena_text(&s->f.arena, "Attestation d'embauche");
        return command;
}

/* All of its pieces have come. */
static inline struct id paper_uploaded(struct scene *s, struct id placement)
{
        struct id upload = paper_begin(s, placement);
        for (uint32_t i = 0; i < PAPER_PIECES; i++)
                assert_int_equal(paper_put(s, placement, upload, i), i + 1);
        return upload;
}

static inline struct id paper_attached(struct scene *s, struct id placement)
{
        const Tracking__AttachDocumentReply *reply = fixture_get(
                &s->f, s->facilitator, "AttachDocument", paper_attachment(s, placement, paper_uploaded(s, placement)));
        return id_of(reply->document_id);
}

static inline Tracking__OpenDocument *paper_opening(struct scene *s, struct id placement, struct id document)
{
        Tracking__OpenDocument *command = pb_new(&tracking__open_document__descriptor, &s->f.arena);
        command->placement_id = scene_id(s, placement);
        command->document_id = scene_id(s, document);
        command->reason = arena_text(&s->f.arena, "vérifier la date du contrat");
        command->reason_code = arena_text(&s->f.arena, "PLACEMENT");
        return command;
}

static inline Tracking__DocumentPiece *paper_question(struct scene *s, struct id placement, struct id document,
                                                      uint32_t index)
{
        Tracking__DocumentPiece *query = pb_new(&tracking__document_piece__descriptor, &s->f.arena);
        query->placement_id = scene_id(s, placement);
        query->document_id = scene_id(s, document);
        query->index = index;
        return query;
}

/* Opened, and read to its end: it is what was sent. */
static inline void paper_reads_back(struct scene *s, struct id placement, struct id document)
{
        struct slice bytes = paper_bytes(s);
        const Tracking__OpenDocumentReply *open =
                fixture_get(&s->f, s->facilitator, "OpenDocument", paper_opening(s, placement, document));
        assert_int_equal(open->size, PAPER_SIZE);
        assert_int_equal(open->media_type, TYPES__MEDIA_TYPE__PDF);
        size_t at = 0;
        for (uint32_t i = 0; i < open->pieces; i++) {
                const Tracking__DocumentPieceReply *piece =
                        fixture_get(&s->f, s->facilitator, "DocumentPiece", paper_question(s, placement, document, i));
                assert_true(at + piece->content.len <= bytes.size);
                assert_memory_equal(piece->content.data, bytes.data + at, piece->content.len);
                at += piece->content.len;
        }
        assert_int_equal(at, PAPER_SIZE);
}

static inline const Tracking__DocumentsReply *paper_list(struct scene *s, struct id placement)
{
        Tracking__DocumentsRequest query = TRACKING__DOCUMENTS_REQUEST__INIT;
        query.placement_id = scene_id(s, placement);
        return fixture_get(&s->f, s->facilitator, "Documents", &query);
}

struct papers_seen {
        size_t count;
        struct blob_address last;
};

static inline void paper_see(void *argument, struct blob_address address)
{
        struct papers_seen *seen = argument;
        seen->count++;
        seen->last = address;
}

/* Files that are there. *ret_path (may be NULL): of the last one. */
static inline size_t paper_files(struct scene *s, char ret_path[256])
{
        struct papers_seen seen = {0};
        char directory[128], below[BLOB_PATH_SIZE];
        (void)snprintf(directory, sizeof(directory), "%s/blobs", s->f.directory);
        assert_int_equal(blobs_each(directory, paper_see, &seen), 0);
        blob_path(seen.last, below);
        if (ret_path != NULL)
                (void)snprintf(ret_path, 256, "%s/%s", directory, below);
        return seen.count;
}

#endif
