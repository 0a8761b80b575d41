/* What the page of facts says of a consultation: its dates and warnings, and what is to be done by when. */
#include "services/contracts/consultation/consultation.h"

#include "services/contracts/consultation/consultation_views.h"

static Contracts__CalendarState calendar_state(Contracts__DeadlineState state)
{
        switch (state) {
        case CONTRACTS__DEADLINE_STATE__DEADLINE_SOON: return CONTRACTS__CALENDAR_STATE__DUE_SOON;
        case CONTRACTS__DEADLINE_STATE__DEADLINE_LATE: return CONTRACTS__CALENDAR_STATE__LATE;
        case CONTRACTS__DEADLINE_STATE__DEADLINE_KEPT: return CONTRACTS__CALENDAR_STATE__KEPT;
        default: return CONTRACTS__CALENDAR_STATE__COMING;
        }
}

static void add_dates(const struct work *work, const Contracts__ConsultationView *view,
                      Contracts__ContractFactsReply *reply)
{
        Contracts__CalendarLine *line = facts_calendar(work, reply, day_of(view->information_due_on));
        line->what = arena_text(work->arena, "Dernier jour pour publier à tous les réponses aux questions");
        line->source = view->information_source;
        line->state = calendar_state(view->information_state);
        line = facts_calendar(work, reply, day_of(view->offers_due_on));
        line->what = arena_text(work->arena, "Remise des offres");
        line->source = arena_text(work->arena, "documents de la consultation");
        if (line->state == CONTRACTS__CALENDAR_STATE__LATE)
                line->state = CONTRACTS__CALENDAR_STATE__KEPT;
}

static void add_question(const struct work *work, const Contracts__QuestionView *view,
                         const Contracts__ConsultationView *consultation, Contracts__ContractFactsReply *reply)
{
        bool with_buyer = view->state == CONTRACTS__QUESTION_STATE__ANSWER_WITH_BUYER;
        const Types__Day *due = with_buyer ? consultation->information_due_on : view->answer_due_on;
        Contracts__CalendarLine *line = facts_calendar(work, reply, day_of(due));
        line->what = arena_printf(work->arena,
                                  with_buyer ? "Question n° %u : réponse à publier par l'acheteur"
                                             : "Question n° %u : réponse à rédiger et à transmettre à l'acheteur",
                                  view->number);
        line->source = consultation->information_source;
        line->about_id = view->question_id;
        line->act = arena_text(work->arena, with_buyer ? "contracts.PublishAnswer" : "contracts.DraftAnswer");
        line->state = calendar_state(with_buyer ? consultation->information_state : view->answer_state);
}

void consultation_facts(const struct work *work, const struct facts_of *of, Contracts__ContractFactsReply *reply)
{
        struct loaded_contract loaded = {.id = of->contract,
                                         .record = (Contracts__ContractRecord *)(uintptr_t)of->record};
        const Contracts__ConsultationRow *row = consultation_find(work->txn, work->arena, of->contract);

        /* Security: a company, whatever it owes, learns of questions by PublishedAnswers only, as all do: nor from the
         * calendar. */
        if (row == NULL || work->actor->role == TYPES__ROLE__COMPANY)
                return;
        struct questions questions = questions_of(work->txn, work->arena, of->contract);
        reply->consultation = view_of_consultation(work, &loaded, row, &questions);
        add_dates(work, reply->consultation, reply);
        for (size_t i = 0; i < questions.count; i++)
                if (question_is_pending(questions.rows[i]))
                        add_question(work, view_of_question(work, &loaded, row, questions.rows[i]), reply->consultation,
                                     reply);
}
