# Runs a formula without Homebrew: ruby formula.rb FORMULA ARCHIVE PREFIX. Only what such a formula uses is here.
require "fileutils"
require "pathname"
require "digest"
require "tmpdir"

class Pathname
  def install(*names)
    mkpath
    FileUtils.cp_r(names, to_s)
  end

  def install_symlink(target)
    mkpath
    FileUtils.ln_s(target, to_s)
  end

  def write_env_script(target, env)
    dirname.mkpath
    write("#!/bin/bash\n#{env.map { |k, v| "#{k}=\"#{v}\" " }.join}exec \"#{target}\" \"$@\"\n")
    chmod(0755)
  end
end

module Language
  module Java
    def self.overridable_java_home_env = { "JAVA_HOME" => "${JAVA_HOME}" }
  end
end

class Formula
  %i[desc homepage url sha256 license depends_on].each do |word|
    define_singleton_method(word) { |value = nil| value ? (@said ||= {})[word] = value : @said[word] }
  end

  def self.test(&block) = @test = block
  def self.trial = @test

  def prefix = Pathname(ARGV[2])
  def libexec = prefix / "libexec"
  def bin = prefix / "bin"
  def man1 = prefix / "share/man/man1"
  def bash_completion = prefix / "etc/bash_completion.d"
  def zsh_completion = prefix / "share/zsh/site-functions"
  def fish_completion = prefix / "share/fish/vendor_completions.d"
  def shell_output(command) = `#{command}`
  def assert_match(wanted, said) = said.include?(wanted) || abort("formula: #{wanted} is not in: #{said}")
end

load ARGV[0]
formula = TcpflowCheck.new
archive = File.expand_path(ARGV[1])
abort "formula: sha256 is not the archive's" unless Digest::SHA256.file(archive).hexdigest == TcpflowCheck.sha256
abort "formula: url does not name the archive" unless File.basename(TcpflowCheck.url) == File.basename(archive)
Dir.chdir(Dir.mktmpdir)
system("tar", "-xzf", archive, "--strip-components=1") || abort("formula: tar failed")
formula.install
broken = Dir.glob("#{ARGV[2]}/**/*").select { |name| File.symlink?(name) && !File.exist?(name) }
abort "formula: links to nothing: #{broken.join(", ")}" unless broken.empty?
formula.instance_eval(&TcpflowCheck.trial)
puts "formula: installed and tested"
