        reply->next = pb_bytes(last);
        page->reply->next = (ProtobufCBinaryData){0};
        uint32_t limit = query->page->limit;
        if (txn_page_is_spent(work->txn))
        reply->cut = txn_page_is_spent(work->txn);
        request->next = server->requests;
        page = page_begin(work, query->page, &reply->base);
