/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The handlers of the route table.  Each looks at the request and fills its answer. */
#ifndef IOC_GATEWAY_HANDLERS_H
#define IOC_GATEWAY_HANDLERS_H

#include "gateway/request.h"

void answer_health(struct request *r);
void answer_ready(struct request *r);
void answer_metrics(struct request *r);
void answer_openapi(struct request *r);
void answer_token(struct request *r);
void answer_meta(struct request *r);
void answer_stream(struct request *r);
void answer_catalogue(struct request *r);
void answer_changes(struct request *r);
void answer_record(struct request *r);
void answer_delete(struct request *r);
void answer_action(struct request *r);
void answer_ingest(struct request *r);
void answer_attachment(struct request *r);
void answer_attach(struct request *r);

#endif
