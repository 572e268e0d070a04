// For tests: a program of others that runs as long as the test does.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace mainstay::testing {

// A program that runs until the test is over, however that ends.
class ChildProcess {
public:
    // Its output can be read line by line; with a log, both its output and its errors go to the end of that file.
    explicit ChildProcess(std::vector<std::string> arguments, std::filesystem::path const& log = {});
    ~ChildProcess();  // kills it
    ChildProcess(ChildProcess const&) = delete;
    ChildProcess& operator=(ChildProcess const&) = delete;

    // The next line; throws when the program ends before it has said one.
    std::string line();
    std::string line_with(std::string_view mark);
    std::string all();

    bool is_running();
    void tell(int signal) const;
    int wait();  // the status it ended with, as waitpid has it

private:
    bool receive();

    std::string const name_;
    int pid_ = 0;  // 0: it has ended
    int status_ = -1;
    int output_ = -1;
    std::string text_;
};

}  // namespace mainstay::testing
