// The whole of tidemark_core is linked into this program (--whole-archive): if any part of it needed a window, this
// program would not link, and core_links_without_widgets would find the library among those it loads.
int main()
{
    return 0;
}
