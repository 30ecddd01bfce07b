/*
 * A stand-in for Npcap's wpcap.dll under Wine, so that the code for Npcap runs without its driver.
 *
 * Wine's own wpcap.dll leads to the host's libpcap and leaves out what Npcap adds: it exports the names, and a call ends the process. This
 * library passes on what Wine has and adds the rest by the manuals of Npcap and WinPcap: pcap_open with its flags, send queues, kernel buffer
 * and mintocopy, pcap_init. It lies where Npcap lies (System32\Npcap) and writes what it was asked into the file that MACSEG_NPCAP_LOG names,
 * because a test cannot see otherwise which path was taken.
 *
 * Built with: x86_64-w64-mingw32-gcc -shared -O2 -o wpcap.dll wpcap.c, and libpcap's headers.
 */
#include <winsock2.h>
#include <windows.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <pcap/pcap.h>

#define EXPORT __declspec(dllexport)

/* Remote capture is declared only where libpcap was built with it; these are the flags of Npcap's remote-ext.h. */
#define OPENFLAG_PROMISCUOUS 1
#define OPENFLAG_NOCAPTURE_LOCAL 8
#define OPENFLAG_MAX_RESPONSIVENESS 16

#define ERROR_OF_WINDOWS_DENIED 5
#define ERROR_OF_WINDOWS_BAD_UNIT 20

/* Milliseconds that the host's ring keeps frames back. It has no immediate mode here. */
#define WAIT_WHEN_IMMEDIATE 1

static HMODULE wine;

static void say(const char *format, ...)
{
    const char *path = getenv("MACSEG_NPCAP_LOG");
    FILE *log = path ? fopen(path, "a") : NULL;
    if (log)
    {
        va_list arguments;
        va_start(arguments, format);
        vfprintf(log, format, arguments);
        va_end(arguments);
        fclose(log);
    }
}

BOOL WINAPI DllMain(HINSTANCE self, DWORD reason, LPVOID reserved)
{
    (void)self;
    (void)reserved;
    if (reason == DLL_PROCESS_ATTACH)
    {
        /* By its full name: the bare one is this library. */
        wine = LoadLibraryA("C:\\windows\\system32\\wpcap.dll");
        return wine != NULL;
    }

    return TRUE;
}

/* What Wine has is found at the first call. */
#define PASS_ON(type, name, parameters, arguments)                                     \
    EXPORT type name parameters                                                        \
    {                                                                                  \
        static type(*function) parameters;                                             \
        if (!function)                                                                 \
            function = (type(*) parameters)(void *)GetProcAddress(wine, #name);        \
        return function arguments;                                                     \
    }

#define PASS_ON_VOID(name, parameters, arguments)                                      \
    EXPORT void name parameters                                                        \
    {                                                                                  \
        static void(*function) parameters;                                             \
        if (!function)                                                                 \
            function = (void(*) parameters)(void *)GetProcAddress(wine, #name);        \
        function arguments;                                                            \
    }

PASS_ON(pcap_t *, pcap_create, (const char *source, char *error), (source, error))
PASS_ON(int, pcap_set_snaplen, (pcap_t *p, int length), (p, length))
PASS_ON(int, pcap_set_promisc, (pcap_t *p, int on), (p, on))
PASS_ON(int, pcap_set_timeout, (pcap_t *p, int milliseconds), (p, milliseconds))
PASS_ON(int, pcap_set_buffer_size, (pcap_t *p, int size), (p, size))
PASS_ON(int, pcap_activate, (pcap_t *p), (p))
PASS_ON(int, pcap_compile, (pcap_t *p, struct bpf_program *program, const char *text, int optimize, bpf_u_int32 mask), (p, program, text, optimize, mask))
PASS_ON(int, pcap_setfilter, (pcap_t *p, struct bpf_program *program), (p, program))
PASS_ON_VOID(pcap_freecode, (struct bpf_program *program), (program))
PASS_ON(int, pcap_datalink, (pcap_t *p), (p))
PASS_ON(const char *, pcap_datalink_val_to_name, (int type), (type))
PASS_ON(int, pcap_snapshot, (pcap_t *p), (p))
PASS_ON_VOID(pcap_breakloop, (pcap_t *p), (p))
PASS_ON(int, pcap_sendpacket, (pcap_t *p, const u_char *bytes, int length), (p, bytes, length))
PASS_ON(int, pcap_stats, (pcap_t *p, struct pcap_stat *statistics), (p, statistics))
PASS_ON(char *, pcap_geterr, (pcap_t *p), (p))
PASS_ON_VOID(pcap_close, (pcap_t *p), (p))
PASS_ON(int, pcap_findalldevs, (pcap_if_t **devices, char *error), (devices, error))
PASS_ON_VOID(pcap_freealldevs, (pcap_if_t *devices), (devices))
PASS_ON(const char *, pcap_lib_version, (void), ())

/* Wine's loop goes on until it has all that it may take, or until a timeout. Npcap hands over what one read brought: one frame, here. */
EXPORT int pcap_dispatch(pcap_t *p, int most, pcap_handler take, u_char *user)
{
    static int (*function)(pcap_t *, int, pcap_handler, u_char *);
    (void)most;
    if (!function)
        function = (int (*)(pcap_t *, int, pcap_handler, u_char *))(void *)GetProcAddress(wine, "pcap_dispatch");
    return function(p, 1, take, user);
}

EXPORT int pcap_init(unsigned int options, char *error)
{
    (void)error;
    say("init %u\n", options);
    return 0;
}

EXPORT int pcap_set_immediate_mode(pcap_t *p, int on)
{
    return pcap_set_timeout(p, on ? WAIT_WHEN_IMMEDIATE : 100);
}

/* Npcap has microseconds unless it is asked for more, and may refuse. */
EXPORT int pcap_get_tstamp_precision(pcap_t *p)
{
    (void)p;
    return PCAP_TSTAMP_PRECISION_MICRO;
}

EXPORT int pcap_set_tstamp_precision(pcap_t *p, int precision)
{
    (void)p;
    return precision == PCAP_TSTAMP_PRECISION_MICRO ? 0 : PCAP_ERROR_TSTAMP_PRECISION_NOTSUP;
}

/* Not implemented in Npcap: whoever calls it is to fail here as there. */
EXPORT int pcap_setdirection(pcap_t *p, pcap_direction_t direction)
{
    (void)p;
    say("setdirection %d\n", (int)direction);
    return PCAP_ERROR;
}

EXPORT int pcap_setnonblock(pcap_t *p, int on, char *error)
{
    (void)p;
    (void)error;
    say("setnonblock %d\n", on);
    return 0;
}

EXPORT pcap_t *pcap_open(const char *source, int length, int flags, int milliseconds, struct pcap_rmtauth *authentication, char *error)
{
    pcap_t *p = pcap_create(source, error);
    int outcome;
    (void)authentication;
    say("open %s length=%d flags=%d\n", source, length, flags);
    if (!p)
        return NULL;
    pcap_set_snaplen(p, length);
    pcap_set_promisc(p, flags & OPENFLAG_PROMISCUOUS);
    pcap_set_timeout(p, flags & OPENFLAG_MAX_RESPONSIVENESS ? WAIT_WHEN_IMMEDIATE : milliseconds);
    outcome = pcap_activate(p);
    if (outcome < 0)
    {
        /* pcap_open tells no code, only Windows' words and number. */
        int number = outcome == PCAP_ERROR_PERM_DENIED || outcome == PCAP_ERROR_PROMISC_PERM_DENIED ? ERROR_OF_WINDOWS_DENIED : ERROR_OF_WINDOWS_BAD_UNIT;
        snprintf(error, PCAP_ERRBUF_SIZE, "Error opening adapter: %s (%d)", pcap_geterr(p), number);
        pcap_close(p);
        return NULL;
    }

    if (flags & OPENFLAG_NOCAPTURE_LOCAL)
    {
        struct bpf_program program;
        if (pcap_compile(p, &program, "inbound", 1, PCAP_NETMASK_UNKNOWN) == 0)
        {
            pcap_setfilter(p, &program);
            pcap_freecode(&program);
        }
    }

    return p;
}

EXPORT int pcap_setbuff(pcap_t *p, int size)
{
    (void)p;
    say("setbuff %d\n", size);
    return 0;
}

EXPORT int pcap_setmintocopy(pcap_t *p, int size)
{
    (void)p;
    say("setmintocopy %d\n", size);
    return 0;
}

/* A queue is a buffer of frames one after the other, each behind the header that a capture has. */
EXPORT struct pcap_send_queue *pcap_sendqueue_alloc(u_int size)
{
    struct pcap_send_queue *queue = calloc(1, sizeof *queue);
    if (!queue)
        return NULL;
    queue->maxlen = size;
    queue->buffer = malloc(size);
    if (!queue->buffer)
    {
        free(queue);
        return NULL;
    }

    return queue;
}

EXPORT void pcap_sendqueue_destroy(struct pcap_send_queue *queue)
{
    free(queue->buffer);
    free(queue);
}

EXPORT int pcap_sendqueue_queue(struct pcap_send_queue *queue, const struct pcap_pkthdr *header, const u_char *bytes)
{
    if (queue->len + sizeof *header + header->caplen > queue->maxlen)
        return -1;
    memcpy(queue->buffer + queue->len, header, sizeof *header);
    queue->len += sizeof *header;
    memcpy(queue->buffer + queue->len, bytes, header->caplen);
    queue->len += header->caplen;
    return 0;
}

/* Ends at the first frame that is not sent, and returns the octets of the buffer that were done with by then. */
EXPORT u_int pcap_sendqueue_transmit(pcap_t *p, struct pcap_send_queue *queue, int synchronized)
{
    u_int at = 0, frames = 0;
    (void)synchronized;
    while (at + sizeof(struct pcap_pkthdr) <= queue->len)
    {
        const struct pcap_pkthdr *header = (const void *)(queue->buffer + at);
        if (pcap_sendpacket(p, (const u_char *)(header + 1), (int)header->caplen) < 0)
            break;
        at += sizeof *header + header->caplen;
        frames++;
    }

    say("transmit %u frames, header of %u octets\n", frames, (u_int)sizeof(struct pcap_pkthdr));
    return at;
}
