/* floor_inflate FILE…: only inflates every member of each zip, the least that any reader of these workbooks must do.
   `install` compiles it: cc -O2 floor_inflate.c -lz */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

static unsigned u16(const unsigned char *p) { return p[0] | p[1] << 8; }
static unsigned u32(const unsigned char *p) { return u16(p) | (unsigned)u16(p + 2) << 16; }

int main(int argc, char **argv) {
    unsigned long files = 0, members = 0, in = 0, out = 0;
    for (int i = 1; i < argc; i++) {
        FILE *f = fopen(argv[i], "rb");
        if (!f) { perror(argv[i]); return 1; }
        fseek(f, 0, SEEK_END);
        long size = ftell(f);
        rewind(f);
        unsigned char *b = malloc(size);
        if (fread(b, 1, size, f) != (size_t)size) return 1;
        fclose(f);
        long e = size - 22;
        while (e >= 0 && u32(b + e) != 0x06054b50) e--;
        if (e < 0) return 1;
        unsigned n = u16(b + e + 10);
        const unsigned char *c = b + u32(b + e + 16); /* central directory */
        for (; n--; c += 46 + u16(c + 28) + u16(c + 30) + u16(c + 32)) {
            const unsigned char *l = b + u32(c + 42);
            unsigned packed = u32(c + 20), full = u32(c + 24);
            unsigned char *o = malloc(full + 1);
            z_stream z = {0};
            inflateInit2(&z, -15);
            z.next_in = (unsigned char *)l + 30 + u16(l + 26) + u16(l + 28);
            z.avail_in = packed;
            z.next_out = o;
            z.avail_out = full + 1;
            if (u16(c + 10) == 8 && inflate(&z, Z_FINISH) != Z_STREAM_END) return 1;
            inflateEnd(&z);
            free(o);
            members++, in += packed, out += full;
        }
        files++;
        free(b);
    }
    printf("%lu files, %lu members, %lu -> %lu bytes\n", files, members, in, out);
    return 0;
}
