//go:build libxml2 && cgo

/* Feeds a document in pieces to libxml2's parser and hands its SAX events to
 * libxml2's schema validator. No tree is built. See doc.go. */

#include <stdlib.h>
#include <string.h>

#include <libxml/parser.h> /* before dict.h, which needs its types */
#include <libxml/dict.h>
#include <libxml/parserInternals.h>

#include "internal.h"

static int on_locate(void *data, const char **file, unsigned long *line) {
    const rh_validator *v = data;
    if (file != NULL)
        *file = NULL;
    if (line != NULL)
        *line = v->parser->input == NULL ? 0 : (unsigned long)v->parser->input->line;
    return 0;
}

static void halt(rh_validator *v, int why) {
    if (v->stop == RH_MORE)
        v->stop = why;
    xmlStopParser(v->parser);
}

static void flush_text(rh_validator *v) {
    int kind = v->text_kind;
    v->text_kind = 0;
    if (kind == 0 || v->stop != RH_MORE)
        return;
    int len = (int)v->text_len;
    v->text_len = 0;
    if (kind == XML_CDATA_SECTION_NODE)
        v->down->cdataBlock(v->down_data, v->text, len);
    else
        v->down->characters(v->down_data, v->text, len);
}

static void add_text(rh_validator *v, int kind, const xmlChar *ch, int len) {
    if (v->stop != RH_MORE || len < 0)
        return;
    /* A run with a CDATA section in it counts as one: the validator treats the
     * two kinds alike but for white space where only elements may stand. */
    if (v->text_kind == 0 || kind == XML_CDATA_SECTION_NODE)
        v->text_kind = kind;
    size_t need = v->text_len + (size_t)len + 1;
    if (need > v->limits.value) {
        halt(v, RH_LIMIT);
        return;
    }
    if (need > v->text_cap) {
        size_t cap = need < 4096 ? 4096 : need + need / 2;
        xmlChar *grown = realloc(v->text, cap);
        if (grown == NULL) {
            halt(v, RH_NO_MEMORY);
            return;
        }
        v->text = grown;
        v->text_cap = cap;
    }
    memcpy(v->text + v->text_len, ch, (size_t)len);
    v->text_len += (size_t)len;
    v->text[v->text_len] = 0;
}

static void on_characters(void *data, const xmlChar *ch, int len) {
    add_text(data, XML_TEXT_NODE, ch, len);
}

static void on_cdata(void *data, const xmlChar *ch, int len) {
    add_text(data, XML_CDATA_SECTION_NODE, ch, len);
}

/* The parser stands behind the last attribute; an attribute value cannot hold
 * "<", so the nearest one before it opens the tag. */
static int tag_line(const xmlParserInput *in) {
    if (in == NULL)
        return 0;
    int line = in->line;
    for (const xmlChar *p = in->cur; p >= in->base; p--) {
        if (*p == '<')
            return line;
        if (*p == '\n' && p < in->cur)
            line--;
    }
    return in->line;
}

static int grow_stack(rh_validator *v) {
    if (v->depth < v->stack_cap)
        return 1;
    size_t cap = v->stack_cap == 0 ? 64 : v->stack_cap * 2;
    frame *grown = realloc(v->stack, cap * sizeof *grown);
    if (grown == NULL)
        return 0;
    v->stack = grown;
    v->stack_cap = cap;
    return 1;
}

static void on_start(void *data, const xmlChar *local, const xmlChar *prefix,
                     const xmlChar *uri, int n_ns, const xmlChar **ns,
                     int n_attr, int n_default, const xmlChar **attr) {
    rh_validator *v = data;
    flush_text(v);
    if (v->stop != RH_MORE)
        return;
    if (v->depth >= v->limits.depth) {
        halt(v, RH_LIMIT);
        return;
    }
    if (!grow_stack(v)) {
        halt(v, RH_NO_MEMORY);
        return;
    }
    frame *f = &v->stack[v->depth++];
    f->local = local;
    f->uri = uri;
    f->line = tag_line(v->parser->input);
    v->place = RH_IN_ROOT;
    v->down->startElementNs(v->down_data, local, prefix, uri, n_ns, ns, n_attr, n_default, attr);
}

static void on_end(void *data, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri) {
    rh_validator *v = data;
    flush_text(v);
    if (v->stop != RH_MORE || v->depth == 0)
        return;
    v->down->endElementNs(v->down_data, local, prefix, uri);
    v->depth--;
    if (v->depth == 0)
        v->place = RH_AFTER_ROOT;
}

static void on_doctype(void *data, const xmlChar *name, const xmlChar *ext, const xmlChar *sys) {
    rh_validator *v = data;
    (void)name;
    (void)ext;
    (void)sys;
    rh_keep(v, XML_ERR_USER_STOP, 0, "A document type declaration is refused");
    halt(v, RH_STOPPED);
}

static int open_parser(rh_validator *v) {
    xmlSAXHandler sax;
    memset(&sax, 0, sizeof sax);
    sax.initialized = XML_SAX2_MAGIC;
    sax.startElementNs = on_start;
    sax.endElementNs = on_end;
    sax.characters = on_characters;
    sax.ignorableWhitespace = on_characters; /* or the parser would guess */
    sax.cdataBlock = on_cdata;
    sax.internalSubset = on_doctype;
    sax.serror = rh_on_error;
    v->parser = xmlCreatePushParserCtxt(&sax, v, NULL, 0, NULL);
    if (v->parser == NULL)
        return 0;
    xmlCtxtUseOptions(v->parser, XML_PARSE_NONET | XML_PARSE_HUGE | XML_PARSE_IGNORE_ENC |
                                     XML_PARSE_NOERROR | XML_PARSE_NOWARNING);
    /* The caller has decoded: neither the first bytes nor the declaration
     * decide. */
    return xmlSwitchEncoding(v->parser, XML_CHAR_ENCODING_UTF8) >= 0;
}

static int open_schema(rh_validator *v, xmlSchemaPtr schema) {
    v->valid = xmlSchemaNewValidCtxt(schema);
    if (v->valid == NULL)
        return 0;
    xmlSchemaSetValidStructuredErrors(v->valid, rh_on_error, v);
    xmlSchemaValidateSetLocator(v->valid, on_locate, v);
    /* Without handlers to wrap, the plug yields the validator's own. */
    v->plug = xmlSchemaSAXPlug(v->valid, &v->down, &v->down_data);
    return v->plug != NULL && v->down != NULL;
}

rh_validator *rh_new(void *schema, rh_limits limits) {
    rh_validator *v = calloc(1, sizeof *v);
    if (v == NULL)
        return NULL;
    v->limits = limits;
    v->errors = calloc(limits.errors, sizeof *v->errors);
    if (v->errors == NULL || !open_parser(v) || !open_schema(v, schema)) {
        rh_free(v);
        return NULL;
    }
    return v;
}

size_t rh_backlog(const rh_validator *v) {
    const xmlParserInput *in = v->parser->input;
    return in == NULL ? 0 : (size_t)(in->end - in->cur);
}

static int over_limit(const rh_validator *v) {
    return rh_backlog(v) > v->limits.value || xmlDictGetUsage(v->parser->dict) > v->limits.names;
}

int rh_push(rh_validator *v, const void *data, int len, int last) {
    if (v->stop != RH_MORE)
        return v->stop;
    /* These handlers belong to the thread, so they are set for the length of
     * this call only: the next piece may come on another thread. */
    xmlStructuredErrorFunc old = xmlStructuredError;
    void *old_data = xmlStructuredErrorContext;
    xmlGenericErrorFunc print = xmlGenericError;
    void *print_data = xmlGenericErrorContext;
    xmlSetStructuredErrorFunc(v, rh_on_stray);
    xmlSetGenericErrorFunc(NULL, rh_on_print);
    v->last = last;
    xmlParseChunk(v->parser, data, len, last);
    xmlResetLastError();
    xmlSetGenericErrorFunc(print_data, print);
    xmlSetStructuredErrorFunc(old_data, old);
    if (v->stop == RH_MORE && (v->parser->disableSAX || v->internal))
        v->stop = RH_STOPPED;
    if (v->stop == RH_MORE && over_limit(v))
        v->stop = RH_LIMIT;
    return v->stop;
}

void rh_free(rh_validator *v) {
    if (v == NULL)
        return;
    if (v->plug != NULL)
        xmlSchemaSAXUnplug(v->plug);
    if (v->valid != NULL)
        xmlSchemaFreeValidCtxt(v->valid);
    if (v->parser != NULL) {
        xmlDocPtr doc = v->parser->myDoc;
        xmlFreeParserCtxt(v->parser);
        xmlFreeDoc(doc);
    }
    for (size_t i = 0; i < v->kept; i++) {
        free(v->errors[i].element);
        free(v->errors[i].message);
    }
    free(v->errors);
    free(v->stack);
    free(v->text);
    free(v);
}
