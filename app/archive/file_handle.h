#pragma once

#include <unistd.h>

#include <utility>

namespace tidemark {

/// Owns a file descriptor; -1 for none.
class FileHandle
{
public:
    explicit FileHandle(int descriptor = -1)
        : m_descriptor(descriptor)
    {
    }
    ~FileHandle() { reset(); }
    FileHandle(const FileHandle &) = delete;
    FileHandle &operator=(const FileHandle &) = delete;
    FileHandle(FileHandle &&other) noexcept
        : m_descriptor(other.release())
    {
    }
    FileHandle &operator=(FileHandle &&other) noexcept
    {
        reset(other.release());
        return *this;
    }

    bool isOpen() const { return m_descriptor >= 0; }
    int get() const { return m_descriptor; }
    int release() { return std::exchange(m_descriptor, -1); }
    void reset(int descriptor = -1)
    {
        if (m_descriptor >= 0)
            ::close(m_descriptor);
        m_descriptor = descriptor;
    }

private:
    int m_descriptor;
};

} // namespace tidemark
