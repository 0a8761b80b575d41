/* recorded.h: an invoice of the scene's structure, for tests of what becomes of it. Include after cmocka.h. */
#ifndef TESTS_UNIT_SERVICES_TRACKING_INVOICES_RECORDED_H
#define TESTS_UNIT_SERVICES_TRACKING_INVOICES_RECORDED_H

#include "tests/unit/services/tracking/scene.h"

static inline Tracking__RecordInvoice *an_invoice(struct scene *s, const char *number)
{
        Tracking__RecordInvoice *command = pb_new(&tracking__record_invoice__descriptor, &s->f.arena);
        command->obligation_id = scene_id(s, s->obligation);
        command->subcontractor = scene_id(s, s->structure);
        command->number = arena_text(&s->f.arena, number);
        command->dated = scene_date(s, 2026, 9, 30);
        command->amount = money_to(&s->f.arena, money_of_cents(1200000)); /* 12,000 x 0.5 / 30 = 200 h */
        command->territory = arena_text(&s->f.arena, "31");
        return command;
}

static inline Types__Id *recorded_invoice(struct scene *s, const char *number)
{
        const Tracking__RecordInvoiceReply *reply =
                fixture_get(&s->f, s->facilitator, "RecordInvoice", an_invoice(s, number));
        return reply->invoice_id;
}

static inline Tracking__CorrectInvoice *correction_of(struct scene *s, Types__Id *invoice, const char *number)
{
        Tracking__CorrectInvoice *command = pb_new(&tracking__correct_invoice__descriptor, &s->f.arena);
        const Tracking__RecordInvoice *recorded = an_invoice(s, number);
        command->invoice_id = invoice;
        command->number = recorded->number;
        command->dated = recorded->dated;
        command->amount = recorded->amount;
        command->corrected_on = scene_date(s, 2026, 10, 12);
        command->reason = arena_text(&s->f.arena, "le montant était TTC");
        command->seen = VERSION_ANY;
        return command;
}

static inline Tracking__CancelInvoice *cancellation_of(struct scene *s, Types__Id *invoice)
{
        Tracking__CancelInvoice *command = pb_new(&tracking__cancel_invoice__descriptor, &s->f.arena);
        command->invoice_id = invoice;
        command->cancelled_on = scene_date(s, 2026, 10, 12);
        command->reason = arena_text(&s->f.arena, "avoir du 12 octobre");
        command->seen = VERSION_ANY;
        return command;
}

#endif
